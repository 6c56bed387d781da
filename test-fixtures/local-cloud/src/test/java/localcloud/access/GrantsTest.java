package localcloud.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
  private static final Map<String, String> BUCKETS = Map.of("uploads", "up", "records", "rec");
  private static final String ROLE =
      """
      title: Reader
      description: Reads.
      stage: GA
      includedPermissions:
        # Why.
        - storage.objects.get
      """;

  @TempDir Path infra;

  @Test
  void aGrantHoldsWhereItWasGivenAndOneOnTheProjectEverywhere() throws Exception {
    Grants grants =
        read(
            """
            - {member: ci, role: reader, where: uploads}
            - {member: function, role: reader, where: project}
            """);

    assertThat(grants.members()).containsExactlyInAnyOrder("ci", "function");
    assertThat(grants.holds("ci", "storage.objects.get", "up", "")).isTrue();
    assertThat(grants.holds("ci", "storage.objects.get", "rec", "")).isFalse();
    assertThat(grants.holds("ci", "storage.objects.get", Grants.PROJECT, "")).isFalse();
    assertThat(grants.holds("ci", "storage.objects.list", "up", "")).isFalse();
    assertThat(grants.holds("function", "storage.objects.get", "rec", "")).isTrue();
    assertThat(grants.holds("owner", "anything.at.all", "rec", "")).isTrue();
    assertThat(grants.holds("stranger", "storage.objects.get", "up", "")).isFalse();
  }

  @Test
  void aGrantHoldsForNoObjectThatIsExcepted() throws Exception {
    Grants grants = read("- {member: ci, role: reader, where: uploads, except: handoff/}");

    assertThat(grants.holds("ci", "storage.objects.get", "up", "site-1.tar.gz")).isTrue();
    assertThat(grants.holds("ci", "storage.objects.get", "up", "handoff/sweep")).isFalse();
  }

  @Test
  void aGrantOnAFolderHoldsForNoObjectBesideItAndForNoList() throws Exception {
    Grants grants =
        read(
            "- {member: operator, role: roles/storage.objectViewer, where: uploads, only: orders/}");

    assertThat(grants.holds("operator", "storage.objects.get", "up", "orders/a/hold")).isTrue();
    assertThat(grants.holds("operator", "storage.objects.get", "up", "targets/a.json")).isFalse();
    assertThat(grants.holds("operator", "storage.objects.list", "up", "")).isFalse();
    assertThat(grants.holds("operator", "storage.objects.get", "up", null)).isTrue();
  }

  @Test
  void predefinedRolesAreThoseOfGoogle() throws Exception {
    Grants grants = read("- {member: ci, role: roles/storage.objectCreator, where: uploads}");

    assertThat(grants.holds("ci", "storage.objects.create", "up", "")).isTrue();
    assertThat(grants.holds("ci", "storage.objects.get", "up", "")).isFalse();
    assertThat(grants.holds("ci", "storage.objects.delete", "up", "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- {member: ci, role: reader, where: elsewhere}  | expected project or one of",
        "- {member: ci, role: reader, on: project}       | expected keys with values",
        "- {member: ci, role: reader}                    | where: expected a text, found null",
        "- {member: 1, role: reader, where: project}     | member: expected a text, found 1",
        "member: ci                                      | expected a list",
        "- [ci]                                          | expected keys with values",
        "- {member: ci, role: roles/owner, where: project} | does not know this predefined role",
        "'- {'                                           | bindings.yaml",
      })
  void aFaultNamesTheFileAndWhatWasExpected(String bindings, String told) {
    assertThatThrownBy(() -> read(bindings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aRoleThatIsNotThereIsToldByItsFile() {
    assertThatThrownBy(() -> read("- {member: ci, role: writer, where: project}"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("writer.yaml");
  }

  @Test
  void aPermissionTwiceInARoleIsAFault() throws Exception {
    Files.createDirectories(infra.resolve("roles"));
    Files.writeString(infra.resolve("roles/twice.yaml"), ROLE + "  - storage.objects.get\n");

    assertThatThrownBy(() -> read("- {member: ci, role: twice, where: project}"))
        .hasMessageContaining("each once");
  }

  @Test
  void aTokenTellsWhoCallsAndNoneIsTheOwner() throws Exception {
    Grants grants = read("- {member: ci, role: reader, where: uploads}");
    Access access = new Access("demo", () -> grants);

    assertThat(access.caller("").identity()).isEqualTo("owner");
    assertThat(access.caller("Bearer local-owner").identity()).isEqualTo("owner");
    assertThat(access.caller("Bearer local-ci").identity()).isEqualTo("ci");
    assertThat(access.caller("Bearer local-stranger").identity()).isEqualTo("stranger");
    for (String unknown : new String[] {"Bearer local-x", "Bearer ci", "Basic local-ci", "x"}) {
      assertThatThrownBy(() -> access.caller(unknown))
          .isInstanceOfSatisfying(
              ApiException.class,
              refused -> assertThat(refused.code() + refused.reason()).isEqualTo("401authError"));
    }
  }

  private Grants read(String bindings) throws IOException {
    Files.createDirectories(infra.resolve("roles"));
    Files.writeString(infra.resolve("roles/reader.yaml"), ROLE);
    Files.writeString(infra.resolve("bindings.yaml"), bindings);
    return Grants.read(infra, BUCKETS);
  }
}
