package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localcloud.cli.SeededCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gcloud monitoring} against the local cloud, as {@code env} sets it up. */
class MonitoringJudgesTest {
  private static final String POLICY =
      """
      {"displayName": "slow", "combiner": "OR", "conditions": [{"displayName": "p95 above 1 s",
        "conditionThreshold": {
          "filter": "metric.type=\\"loadbalancing.googleapis.com/https/total_latencies\\" AND resource.type=\\"https_lb_rule\\"",
          "aggregations": [{"alignmentPeriod": "60s", "perSeriesAligner": "ALIGN_PERCENTILE_95"}],
          "comparison": "COMPARISON_GT", "thresholdValue": 1000, "duration": "120s"}}]}
      """;

  @TempDir Path folder;
  private SeededCloud cloud;
  private Program gcloud;

  @BeforeEach
  void start() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    gcloud = Program.named("gcloud", home);
    cloud = new SeededCloud(folder.resolve("cloud"));
    for (Map.Entry<String, String> variable : cloud.shell("owner").entrySet()) {
      gcloud.with(variable.getKey(), variable.getValue());
    }
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @Test
  void makesListsSnoozesAndDeletesAPolicy() throws Exception {
    gcloud.withFile("policy.json", POLICY);
    Path home = folder.resolve("home");
    run("alpha", "policies", "create", "--policy-from-file=" + home.resolve("policy.json"));
    String name = run("alpha", "policies", "list", "--format=value(name)").strip();
    assertThat(name).matches("projects/demo/alertPolicies/\\d+");
    assertThat(run("alpha", "policies", "describe", name)).contains("displayName: slow");
    run("alpha", "policies", "update", name, "--no-enabled");
    assertThat(run("alpha", "policies", "describe", name, "--format=value(enabled)").strip())
        .isEqualTo("False");

    run(
        "snoozes",
        "create",
        "--display-name=at night",
        "--criteria-policies=" + name,
        "--start-time=" + cloud.clock().instant(),
        "--end-time=+PT10H");
    String snooze = run("snoozes", "list", "--format=value(name)").strip();
    assertThat(run("snoozes", "describe", snooze)).contains(name, "displayName: at night");

    run("alpha", "policies", "delete", name);
    assertThat(run("alpha", "policies", "list").strip()).isEmpty();
  }

  /** The words after monitoring; alpha stands before it. */
  private String run(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    boolean alpha = all.remove("alpha");
    all.add(0, "monitoring");
    if (alpha) {
      all.add(0, "alpha");
    }
    all.add("--quiet");
    return gcloud.succeed(all.toArray(String[]::new)).output();
  }
}
