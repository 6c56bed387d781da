package slipway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalizeEventTest {
  private static final String AS_THE_SERVICE_SENDS =
      """
      {"kind": "storage#object", "bucket": "mir-riseos", "name": "mir-riseos-2, final.tar.gz",
       "generation": "1795354953000000", "timeCreated": "2026-11-22T13:42:33.123Z",
       "size": "300715", "crc32c": "yZRlqg==", "metadata": {"git-sha": "4f2a9c"}, "newField": {}}
      """;

  @Test
  void readsTheObjectResource() {
    assertThat(FinalizeEvent.read(AS_THE_SERVICE_SENDS.getBytes(UTF_8)))
        .isEqualTo(
            new Upload(
                "mir-riseos",
                "mir-riseos-2, final.tar.gz",
                1795354953000000L,
                Instant.parse("2026-11-22T13:42:33.123Z"),
                300715,
                "yZRlqg==",
                null,
                Map.of("git-sha", "4f2a9c")));
  }

  @Test
  void reads64BitNumbersAlsoAsJsonNumbers() {
    String numbers =
        AS_THE_SERVICE_SENDS
            .replace("\"1795354953000000\"", "1795354953000000")
            .replace("\"300715\"", "300715");

    assertThat(FinalizeEvent.read(numbers.getBytes(UTF_8)))
        .isEqualTo(FinalizeEvent.read(AS_THE_SERVICE_SENDS.getBytes(UTF_8)));
  }

  @Test
  void noSizeIsASizeOfNone() {
    String without = AS_THE_SERVICE_SENDS.replace("\"size\": \"300715\",", "");

    assertThat(FinalizeEvent.read(without.getBytes(UTF_8)).sizeBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bucket", "name", "generation", "timeCreated"})
  void namesWhatIsMissing(String key) {
    String without = AS_THE_SERVICE_SENDS.replace('"' + key + '"', "\"other\"");

    assertThatThrownBy(() -> FinalizeEvent.read(without.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "text", "{\"generation\": \"x\"}"})
  void refusesWhatIsNoObjectResource(String data) {
    assertThatThrownBy(() -> FinalizeEvent.read(data.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a Cloud Storage object resource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gcloud/tmp/parallel_composite_uploads/see_gcloud_storage_cp_help_for_details/1_ab_0",
        "/gsutil/tmp/parallel_composite_uploads/for_details_see/gsutil_help_cp/ab_0",
        "gcs-go-sdk-pu-tmp/int-1a2b3c4d-lv1-0",
        "gcs-go-sdk-pu-tmp/a/b",
        "Vb8k_9-QtXyZ0123456789;dGhlIG5hbWUncyBkaWdlc3;0001.part",
        "some/prefix/Vb8k_9-QtXyZ0123456789;dGhlIG5hbWUncyBkaWdlc3;0001-0032.part",
        "site-2.tar.gz/Vb8k_9-QtXyZ0123456789;site-2.tar.gz;0002.part"
      })
  void knowsThePartsOfACompositeUpload(String object) {
    assertThat(FinalizeEvent.isPartOfComposite(object)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "site/gcloud/tmp/parallel_composite_uploads/see/1_ab_0",
        "site/gcs-go-sdk-pu-tmp/a/b",
        "site-2.part",
        "site;1.part",
        "Vb8k_9-QtXyZ0123456789;dGhlIG5hbWUncyBkaWdlc3;0001.part.tar.gz"
      })
  void takesOtherNamesForUploads(String object) {
    assertThat(FinalizeEvent.isPartOfComposite(object)).isFalse();
  }

  @Test
  void knowsHandOffs() {
    assertThat(FinalizeEvent.isHandoff("handoff/mir-riseos-20261122-134233-4f2a9c/1")).isTrue();
    assertThat(FinalizeEvent.isHandoff("mir-riseos-handoff/1.tar.gz")).isFalse();
  }
}
