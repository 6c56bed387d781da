package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import infra.Terraform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import localcloud.cli.SeededCloud;
import localcloud.judges.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.alarm.AlertPolicy;
import slipway.settings.AlertPolicyPath;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * Google's own provider makes group and buckets in the local cloud, and leaves what is not its own.
 */
class TerraformApplyTest {
  private static final int NO_DIFFERENCE = 0;
  private static final int REFUSED = 1;
  private static final String IMAGE = "mir-riseos-1";

  @TempDir Path folder;
  private Terraform terraform;
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    terraform =
        new Terraform(Files.createDirectory(folder.resolve("terraform")), "tests/local-cloud")
            .withProviders();
    cloud = new SeededCloud(folder.resolve("cloud"));
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"zones/us-west1-a, 1", "regions/us-west1, 3"})
  void appliesDeploysChangesAndDestroys(String home, String surge) throws Exception {
    String location = home.replaceFirst(".*/", "");
    Map<String, Object> machine = new TreeMap<>(Map.of("image", IMAGE));
    apply(location, Map.of("machine", machine));
    long made =
        terraform
            .succeed("state", "list")
            .lines()
            .filter(one -> one.matches(".*\\bgoogle_.*") && !one.contains("data."))
            .count();

    deploy(home, surge);
    assertThat(plan(location, Map.of("machine", machine)).status()).isEqualTo(NO_DIFFERENCE);

    apply(location, Map.of("machine", machine, "alarms", Map.of("errors_share", 0.1)));
    requireAlarms();

    machine.putAll(Map.of("type", "e2-small", "tags", List.of("edge")));
    for (String domain : List.of("www.example.com", "www.example.org")) {
      apply(
          location, Map.of("machine", machine, "domain", domain, "autoscaling", Map.of("max", 5)));
      assertThat(cloud.compute("global/sslCertificates").getAsJsonArray("items"))
          .as("the old one serves until the proxy has the new one, and then goes")
          .singleElement()
          .satisfies(one -> assertThat(one.toString()).contains("[\"" + domain + "\"]"));
    }
    assertThat(cloud.compute("global/urlMaps/terraformed-to-https").toString())
        .contains("\"httpsRedirect\":true");

    machine.put("port", 8080);
    Program.Result refused = plan(location, Map.of("machine", machine));
    assertThat(refused.status()).isEqualTo(REFUSED);
    assertThat(refused.errors()).contains("answer on port 80", "-replace=");

    terraform.succeed("destroy", "-auto-approve", "-input=false");
    assertThat(cloud.compute(home + "/instanceGroupManagers").has("items")).isEqualTo(zonal(home));
    assertThat(cloud.compute("global/forwardingRules").has("items")).isFalse();
    assertThat(cloud.compute("global/instanceTemplates").toString())
        .as("what the function made")
        .contains("/instanceTemplates/terraformed-2")
        .doesNotContain("terraformed-machine", "terraformed-placeholder");
    report(
        home
            + ": "
            + made
            + " resources made; planned again, also after a deployment and two changes: 0"
            + " differences; destroyed");
  }

  /** As the function takes them: none is slower than its shortest soak. */
  private void requireAlarms() throws Exception {
    JsonArray names =
        JsonParser.parseString(terraform.succeed("output", "-json", "alarms")).getAsJsonArray();
    assertThat(names).hasSize(2);
    for (JsonElement name : names) {
      AlertPolicyPath path = AlertPolicyPath.of(name.getAsString()).orElseThrow();
      AlertPolicy policy = AlertPolicy.of(path, cloud.monitoring("alertPolicies/" + path.id()));
      assertThat(policy.fault()).isNull();
      assertThat(policy.lag()).isEqualTo(Duration.ofSeconds(390));
    }
  }

  /** For whoever runs infra/check --apply. */
  private static void report(String line) throws IOException {
    Files.writeString(
        Path.of("target/terraform-apply.txt"),
        "infra: " + line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The seed's own group stays. */
  private static boolean zonal(String home) {
    return home.startsWith("zones/");
  }

  private void deploy(String home, String surge) throws Exception {
    String template = terraform.succeed("output", "-raw", "base_template");
    String targets =
        """
        {"terraformed": {"prefix": "terraformed-", "maxSurge": "SURGE", "baseTemplate": "TEMPLATE",
          "groups": ["projects/demo/HOME/instanceGroupManagers/terraformed"]}}
        """
            .replace("SURGE", surge)
            .replace("TEMPLATE", template)
            .replace("HOME", home);
    JsonObject record =
        new Deliveries(cloud, Map.of("TARGETS", targets))
            .deploy(cloud.upload("terraformed-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2")));
    assertThat(record.get("stage").getAsString()).as(record.toString()).isEqualTo("deployed");
    assertThat(cloud.instances(home + "/instanceGroupManagers/terraformed"))
        .hasSize(3)
        .allMatch(one -> one.toString().contains("/instanceTemplates/terraformed-2"));
  }

  /** Makes it so; planning again then finds nothing to do. */
  private void apply(String location, Map<String, ?> group) throws Exception {
    terraform.give(variables(location, group));
    terraform.succeed("apply", "-auto-approve", "-input=false");
    Program.Result again = plan(location, group);
    assertThat(again.status()).as(again.all()).isEqualTo(NO_DIFFERENCE);
  }

  private Program.Result plan(String location, Map<String, ?> group) throws Exception {
    return terraform.plan(variables(location, group));
  }

  private Map<String, ?> variables(String location, Map<String, ?> group) throws Exception {
    URI page = URI.create(cloud.environment(Map.of()).get("COMPUTE_ENDPOINT"));
    return Map.of("endpoint", page.toString(), "location", location, "group", group);
  }
}
