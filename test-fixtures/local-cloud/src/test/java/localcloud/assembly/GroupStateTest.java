package localcloud.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupStateTest {
  private static final String NEW =
      instance("mir-riseos-x", "NONE", "\"instanceStatus\":\"RUNNING\"", "HEALTHY");
  private static final String OLD =
      instance("mir-riseos-1", "NONE", "\"instanceStatus\":\"RUNNING\"", "HEALTHY");
  private static final String UNHEALTHY =
      instance("mir-riseos-x", "NONE", "\"instanceStatus\":\"RUNNING\"", "TIMEOUT");
  private static final String VERIFYING =
      instance("mir-riseos-x", "VERIFYING", "\"instanceStatus\":\"RUNNING\"", "HEALTHY");
  private static final String ABSENT =
      "{\"currentAction\":\"CREATING\",\"version\":{\"instanceTemplate\":\"a/mir-riseos-x\"}}";

  @Test
  void threeHealthyOfTheNewTemplateAndNoOtherIsEverywhere() {
    assertThat(group(true, true, NEW, NEW, NEW).runsEverywhere("mir-riseos-x")).isTrue();
  }

  @Test
  void anythingLessIsNot() {
    List<GroupState> groups =
        List.of(
            group(false, true, NEW, NEW, NEW),
            group(true, false, NEW, NEW, NEW),
            group(true, true, NEW, NEW),
            group(true, true, NEW, NEW, NEW, OLD),
            group(true, true, NEW, NEW, OLD),
            group(true, true, NEW, NEW, UNHEALTHY),
            group(true, true, NEW, NEW, VERIFYING),
            group(true, true, NEW, NEW, ABSENT));

    assertThat(groups).noneMatch(group -> group.runsEverywhere("mir-riseos-x"));
  }

  @Test
  void theBarCountsServingAndOld() {
    GroupState group = group(false, false, NEW, OLD, OLD, ABSENT);

    assertThat(group.serving("mir-riseos-x")).isEqualTo(1);
    assertThat(group.others("mir-riseos-x")).isEqualTo(2);
  }

  private static GroupState group(boolean stable, boolean reached, String... instances) {
    return new GroupState(
        stable,
        reached,
        Arrays.stream(instances)
            .map(json -> GroupState.Instance.of(JsonParser.parseString(json).getAsJsonObject()))
            .toList());
  }

  private static String instance(String template, String action, String status, String health) {
    return Text.of(
        """
        {"currentAction":"%s",%s,
         "version":{"instanceTemplate":"https://x/projects/demo/global/instanceTemplates/%s"},
         "instanceHealth":[{"detailedHealthState":"%s"}]}
        """,
        action, status, template, health);
  }
}
