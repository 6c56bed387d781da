package localcloud.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.model.StorageObject;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalizeEventTest {
  @Test
  void headersAreThoseOfEventarc() throws Exception {
    FinalizeEvent event = FinalizeEvent.of(Objects.in("mir-riseos", "mir-riseos-2.tar.gz"));

    assertThat(event.headers())
        .containsEntry("ce-id", event.id())
        .containsEntry("ce-specversion", "1.0")
        .containsEntry("ce-type", "google.cloud.storage.object.v1.finalized")
        .containsEntry("ce-source", "//storage.googleapis.com/projects/_/buckets/mir-riseos")
        .containsEntry("ce-subject", "objects/mir-riseos-2.tar.gz")
        .containsEntry("ce-bucket", "mir-riseos")
        .containsEntry("ce-time", "2026-11-22T13:42:33.125Z")
        .containsEntry("content-type", "application/json");
  }

  @Test
  void aSubjectIsPercentEncodedWhereAHeaderCannotHoldIt() throws Exception {
    FinalizeEvent event = FinalizeEvent.of(Objects.in("mir-riseos", "a,b c%\"ü.tar.gz"));

    assertThat(event.headers()).containsEntry("ce-subject", "objects/a,b%20c%25%22%C3%BC.tar.gz");
  }

  @Test
  void bodyIsTheObjectWithItsLongNumbersAsStrings() throws Exception {
    FinalizeEvent event = FinalizeEvent.of(Objects.in("mir-riseos", "mir-riseos-2.tar.gz"));

    JsonObject body = JsonParser.parseString(event.body()).getAsJsonObject();
    assertThat(body.get("bucket").getAsString()).isEqualTo("mir-riseos");
    assertThat(body.get("name").getAsString()).isEqualTo("mir-riseos-2.tar.gz");
    assertThat(body.get("crc32c").getAsString()).isEqualTo("4waSgw==");
    assertThat(body.get("timeCreated").getAsString()).isEqualTo("2026-11-22T13:42:33.125Z");
    assertThat(body.getAsJsonObject("metadata").get("git-sha").getAsString()).isEqualTo("0123abc");
    for (String number : List.of("generation", "metageneration", "size")) {
      assertThat(body.getAsJsonPrimitive(number).isString()).as(number).isTrue();
    }
    assertThat(body.get("generation").getAsString()).isEqualTo("1795354953000000");
  }

  @Test
  void fieldsThatTheEventDoesNotCarryAreLeftOut() throws Exception {
    StorageObject object = Objects.in("mir-riseos", "a").setAcl(List.of());
    object.set("unheardOf", "x");

    assertThat(FinalizeEvent.of(object).body()).doesNotContain("acl", "unheardOf");
  }

  @Test
  void idIsTheSameForTheSameGenerationAndAnotherForTheNext() throws Exception {
    StorageObject object = Objects.in("mir-riseos", "a");
    String first = FinalizeEvent.of(object).id();

    assertThat(FinalizeEvent.of(object).id()).isEqualTo(first);
    assertThat(FinalizeEvent.of(object.setGeneration(2L)).id()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "a b.tar.gz, objects/a%20b.tar.gz",
    "50%.tar.gz, objects/50%25.tar.gz",
    "\u00e4.tar.gz, objects/%C3%A4.tar.gz",
    "dir/x.tar.gz, objects/dir/x.tar.gz",
  })
  void subjectFitsIntoAHeader(String name, String subject) throws Exception {
    assertThat(FinalizeEvent.of(Objects.in("mir-riseos", name)).headers())
        .containsEntry("ce-subject", subject);
  }
}
