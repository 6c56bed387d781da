package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

class GroupReadingTest {
  private static final GroupPath PATH = new GroupPath("demo", "zones/us-west1-a", "site-group");
  private static final String OLD = "projects/demo/global/instanceTemplates/old";
  private static final String NEW = "projects/demo/global/instanceTemplates/new";

  @Test
  void readsNamesSizesAndPolicies() {
    JsonObject manager =
        json(
            """
            {"fingerprint": "f", "targetSize": 11,
             "versions": [
               {"instanceTemplate": "https://www.googleapis.com/compute/v1/%s",
                "name": "0/2026-11-01", "targetSize": {"calculated": 10}},
               {"instanceTemplate": "%s", "targetSize": {"percent": 4, "calculated": 1}}],
             "autoHealingPolicies": [{"healthCheck": "check", "initialDelaySec": 1200}],
             "updatePolicy": {"type": "OPPORTUNISTIC"},
             "status": {"isStable": true, "versionTarget": {"isReached": false}}}
            """
                .replaceFirst("%s", OLD)
                .replaceFirst("%s", NEW));

    Group group = GroupReading.group(PATH, manager);

    assertThat(group.versions())
        .containsExactly(
            new Version(new TemplatePath(OLD), "0/2026-11-01", null),
            new Version(new TemplatePath(NEW), new Size(4, true)));
    assertThat(group.wanted(new TemplatePath(NEW))).isEqualTo(1);
    assertThat(group.targetSize()).isEqualTo(11);
    assertThat(group.stable()).isTrue();
    assertThat(group.reached()).isFalse();
    assertThat(group.policies())
        .isEqualTo(new Group.Policies(true, Duration.ofSeconds(1200), false, true, false, false));
  }

  @Test
  void readsWhereItsMachinesStandAndWhatTheyMayBe() {
    JsonObject regional =
        json(
            """
            {"instanceTemplate": "t",
             "distributionPolicy": {"zones": [{"zone": "zones/us-west1-a"},
               {"zone": "https://www.googleapis.com/compute/v1/p/zones/us-west1-b"}]},
             "instanceFlexibilityPolicy": {"instanceSelections": {
               "small": {"machineTypes": ["e2-small", "zones/z/machineTypes/n2-x"]},
               "arm": {"machineTypes": ["t2a-standard-1"]}}}}
            """);

    assertThat(GroupReading.group(PATH, regional).machines())
        .isEqualTo(
            new Group.Machines(
                List.of("us-west1-a", "us-west1-b"), Set.of("e2-small", "n2-x", "t2a-standard-1")));
    JsonObject zonal = json("{\"instanceTemplate\": \"t\"}");
    assertThat(GroupReading.group(PATH, zonal).machines())
        .isEqualTo(new Group.Machines(List.of(PATH.place()), Set.of()));
  }

  @Test
  void whatMostInstancesRunIsWhatAnOpportunisticGroupServes() {
    Version own = Version.rest(new TemplatePath(NEW));
    Version named = new Version(new TemplatePath(OLD), "stable", null);

    assertThat(GroupReading.serving(own, List.of(running(OLD), running(OLD), running(NEW))))
        .isEqualTo(named);
    assertThat(GroupReading.serving(own, List.of())).isEqualTo(own);
  }

  private static JsonObject running(String template) {
    String name = template.equals(OLD) ? ", \"name\": \"stable\"" : "";
    return json(
        "{\"version\": {\"instanceTemplate\": \""
            + template
            + "\""
            + name
            + "}, \"instanceStatus\": \"RUNNING\"}");
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, NONE, RUNNING, NONE",
    "RUNNING, VERIFYING, RUNNING, VERIFYING",
    "STOPPING, DELETING, OTHER, DELETING",
    "SUSPENDED, NONE, ASLEEP, NONE",
    "TERMINATED, NONE, ASLEEP, NONE",
    "STOPPING, STOPPING, ASLEEP, OTHER",
    "TERMINATED, RECREATING, OTHER, RECREATING",
    "STAGING, CREATING, OTHER, OTHER",
  })
  void readsWhatAnInstanceDoes(
      String status, String action, Instance.Status read, Instance.Action does) {
    Instance one =
        GroupReading.instance(
            json(
                "{\"instanceStatus\": \""
                    + status
                    + "\", \"currentAction\": \""
                    + action
                    + "\", \"id\": \"18446744073709551615\"}"));

    assertThat(one.id()).isEqualTo("18446744073709551615");
    assertThat(one.status()).isEqualTo(read);
    assertThat(one.action()).isEqualTo(does);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'machineTypes': ['n2']}}}} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': []}}}} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': [{'boot': true}]}}}} | true",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': [{'boot': false}]}}}} | false",
      },
      quoteCharacter = '"')
  void findsBootDisksThatASelectionNames(String json, boolean names) {
    assertThat(GroupReading.namesBootDisk(json(json))).isEqualTo(names);
  }
}
