package page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceCellTest {
  private static final String LINK =
      "https://www.googleapis.com/compute/v1/projects/demo/zones/us-west1-b/instances/web-x4f2";

  @ParameterizedTest
  @CsvSource({
    "CREATING, PROVISIONING, CREATING",
    "VERIFYING, RUNNING, VERIFYING",
    "NONE, RUNNING, SERVING",
    "DELETING, RUNNING, DRAINING",
    "DELETING, STOPPING, DELETING",
    "DELETING, '', DELETING",
    "RECREATING, RUNNING, DRAINING",
    "RECREATING, STOPPING, DELETING",
    "RECREATING, PROVISIONING, CREATING",
    "RECREATING, '', CREATING",
  })
  void thePhaseFollowsFromActionAndStatus(String action, String status, InstanceCell.Phase phase) {
    JsonObject member = member(status, "");
    member.addProperty("currentAction", action);

    assertThat(InstanceCell.of(member, "").phase()).isEqualTo(phase);
  }

  @Test
  void whatIsNotToldAnyMoreIsAsItWasToldBefore() {
    assertThat(InstanceCell.of(member("RUNNING", ""), "before").template()).isEqualTo("before");
    assertThat(InstanceCell.of(member("RUNNING", "wanted"), "before").template())
        .isEqualTo("wanted");
  }

  @Test
  void aMachineThatNeverWasHasNoVersion() {
    InstanceCell cell = InstanceCell.of(member("", ""), "before");

    assertThat(cell.template()).isEmpty();
    assertThat(cell.zone()).isEqualTo("us-west1-b");
    assertThat(cell.path()).isEqualTo("projects/demo/zones/us-west1-b/instances/web-x4f2");
  }

  @Test
  void healthAndTheFirstErrorAreTold() {
    JsonObject member =
        JsonParser.parseString(
                "{\"instance\": \""
                    + LINK
                    + "\", \"instanceHealth\": [{\"detailedHealthState\": \"UNHEALTHY\"}],"
                    + " \"lastAttempt\": {\"errors\": {\"errors\": [{\"code\": \"QUOTA_EXCEEDED\","
                    + " \"message\": \"no more\"}, {\"code\": \"OTHER\", \"message\": \"\"}]}}}")
            .getAsJsonObject();

    InstanceCell cell = InstanceCell.of(member, "");

    assertThat(cell.healthy()).isFalse();
    assertThat(cell.health()).isEqualTo("UNHEALTHY");
    assertThat(cell.error()).isEqualTo("QUOTA_EXCEEDED: no more");
  }

  private static JsonObject member(String status, String template) {
    JsonObject member = new JsonObject();
    member.addProperty("instance", LINK);
    if (!status.isEmpty()) {
      member.addProperty("instanceStatus", status);
    }
    if (!template.isEmpty()) {
      JsonObject version = new JsonObject();
      version.addProperty("instanceTemplate", "global/a/" + template);
      member.add("version", version);
    }
    return member;
  }
}
