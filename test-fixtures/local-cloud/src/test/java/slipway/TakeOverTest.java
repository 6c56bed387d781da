package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import infra.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import localcloud.access.Grants;
import localcloud.cli.SeededCloud;
import localcloud.judges.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * A group with all that belongs to it, as somebody made it with the real {@code gcloud} before
 * there was Slipway, and {@code infra/modules/slipway} around it.
 */
class TakeOverTest {
  private static final String ZONE = "us-west1-a";
  private static final String GROUP = "zones/" + ZONE + "/instanceGroupManagers/shop-group";
  private static final List<String> AROUND =
      List.of(
          "global/instanceTemplates/shop-1",
          "global/healthChecks/shop-health",
          "global/firewalls/shop-probes",
          "global/addresses/shop-address",
          "global/backendServices/shop-backend",
          "global/urlMaps/shop-map",
          "global/targetHttpProxies/shop-proxy",
          "global/forwardingRules/shop-front",
          "zones/" + ZONE + "/autoscalers",
          "zones/" + ZONE + "/instanceGroups/shop-group");

  @TempDir Path folder;
  private SeededCloud cloud;
  private Program gcloud;
  private Terraform terraform;
  private Path infra;
  private volatile Grants granted;

  @BeforeEach
  void start() throws Exception {
    Path home = Files.createDirectory(folder.resolve("gcloud"));
    gcloud = Program.named("gcloud", home).within(Duration.ofMinutes(5));
    terraform =
        new Terraform(Files.createDirectory(folder.resolve("terraform")), "modules/slipway")
            .only("variables.tf", "settings.tf");
    infra = folder.resolve("terraform/infra");
    granted = SeededCloud.granted(infra);
    cloud = new SeededCloud(folder.resolve("cloud"), () -> granted);
    cloud.shell("owner").forEach(gcloud::with);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @Test
  void nothingOfItChangesButItsVersions() throws Exception {
    makeByHand();
    Map<String, JsonElement> before = around();
    JsonObject group = kept(cloud.compute(GROUP));

    // gcloud's templates name the default service account, which the function must be let act as.
    JsonObject refused = deploy("shop-2.tar.gz", SimulatedDisk.healthy("2"));
    assertThat(refused.get("stage").getAsString()).isEqualTo("misconfigured");
    assertThat(refused.getAsJsonObject("verdict").toString())
        .contains("service account 'default'", "iam.serviceAccountUser", "Grant the function");
    assertThat(cloud.instances(GROUP)).allMatch(one -> runs(one, "shop-1"));

    machineServiceAccounts();
    JsonObject deployed = deploy("shop-3.tar.gz", SimulatedDisk.healthy("3"));
    assertThat(deployed.get("stage").getAsString()).as(deployed.toString()).isEqualTo("deployed");
    String template = newTemplate(deployed);
    assertThat(cloud.instances(GROUP))
        .hasSize(3)
        .allMatch(one -> runs(one, template))
        .allMatch(one -> one.toString().contains("\"HEALTHY\""));
    assertThat(shapeOf(template)).isEqualTo(shapeOf("shop-1"));

    JsonObject bad = deploy("shop-4.tar.gz", SimulatedDisk.healthy("4").unhealthy());
    assertThat(bad.get("stage").getAsString()).as(bad.toString()).isEqualTo("rolled-back");
    assertThat(cloud.instances(GROUP)).hasSize(3).allMatch(one -> runs(one, template));

    assertThat(around()).isEqualTo(before);
    assertThat(kept(cloud.compute(GROUP))).isEqualTo(group);
    assertThat(compute("backend-services", "get-health", "shop-backend", "--global").lines())
        .filteredOn(line -> line.strip().endsWith("healthState: HEALTHY"))
        .hasSize(3);
  }

  private static boolean runs(JsonObject instance, String template) {
    return instance.toString().contains("/instanceTemplates/" + template + "\"");
  }

  /** What machine_service_accounts of the module grants. */
  private void machineServiceAccounts() throws Exception {
    Files.writeString(
        infra.resolve("bindings.yaml"),
        "- {member: function, role: roles/iam.serviceAccountUser, where: project}\n",
        StandardOpenOption.APPEND);
    granted = SeededCloud.granted(infra);
  }

  private void makeByHand() throws Exception {
    String disk = cloud.put("shop-1.tar.gz", SimulatedDisk.healthy("1"));
    compute("images", "create", "shop-1", "--source-uri=" + disk);
    compute(
        "instance-templates",
        "create",
        "shop-1",
        "--image=shop-1",
        "--machine-type=e2-small",
        "--network=default",
        "--tags=shop,http",
        "--labels=team=shop",
        "--metadata=colour=blue",
        "--boot-disk-size=10GB",
        "--boot-disk-type=pd-balanced",
        "--maintenance-policy=MIGRATE");
    compute("health-checks", "create", "http", "shop-health", "--port=80", "--request-path=/");
    compute(
        "firewall-rules",
        "create",
        "shop-probes",
        "--allow=tcp:80",
        "--source-ranges=35.191.0.0/16,130.211.0.0/22",
        "--target-tags=shop");
    group(
        "create",
        "--template=shop-1",
        "--size=3",
        "--base-instance-name=shop",
        "--health-check=shop-health",
        "--initial-delay=120");
    group("set-named-ports", "--named-ports=http:80");
    group("set-autoscaling", "--min-num-replicas=3", "--max-num-replicas=6");
    compute(
        "backend-services",
        "create",
        "shop-backend",
        "--global",
        "--protocol=HTTP",
        "--port-name=http",
        "--health-checks=shop-health",
        "--load-balancing-scheme=EXTERNAL_MANAGED");
    compute(
        "backend-services",
        "add-backend",
        "shop-backend",
        "--global",
        "--instance-group=shop-group",
        "--instance-group-zone=" + ZONE);
    compute("url-maps", "create", "shop-map", "--default-service=shop-backend");
    compute("target-http-proxies", "create", "shop-proxy", "--url-map=shop-map");
    compute("addresses", "create", "shop-address", "--global");
    compute(
        "forwarding-rules",
        "create",
        "shop-front",
        "--global",
        "--load-balancing-scheme=EXTERNAL_MANAGED",
        "--address=shop-address",
        "--target-http-proxy=shop-proxy",
        "--ports=80");
    group("wait-until", "--stable");
  }

  /** As infra/examples/existing-group says it, through the module's own checks. */
  private JsonObject deploy(String object, SimulatedDisk disk) throws Exception {
    Map<String, ?> target =
        Map.of("prefix", "shop-", "groups", List.of("projects/demo/" + GROUP), "soakSeconds", 20);
    Map<String, String> settings =
        terraform.output(
            "settings",
            Map.of(
                "project", "my-project",
                "region", "us-west1",
                "bucket", "mir-riseos",
                "alert_emails", Set.of("me@example.com"),
                "targets", Map.of("shop", target)));
    return new Deliveries(cloud, Map.of("TARGETS", settings.get("TARGETS")))
        .deploy(cloud.upload(object, Kind.SPARSE, disk));
  }

  private String compute(String... words) throws Exception {
    return gcloud
        .succeed(
            Stream.concat(Stream.of("compute", "--quiet"), Stream.of(words)).toArray(String[]::new))
        .output();
  }

  private void group(String verb, String... flags) throws Exception {
    String kind = verb.equals("set-named-ports") ? "unmanaged" : "managed";
    compute(
        Stream.concat(
                Stream.of("instance-groups", kind, verb, "shop-group", "--zone=" + ZONE),
                Stream.of(flags))
            .toArray(String[]::new));
  }

  /** All that stands around the group. */
  private Map<String, JsonElement> around() throws Exception {
    Map<String, JsonElement> all = new TreeMap<>();
    for (String path : AROUND) {
      JsonObject one = cloud.compute(path);
      if (path.contains("/instanceGroups/")) {
        // Follows from its members.
        one.remove("fingerprint");
      }
      all.put(path, one);
    }
    return all;
  }

  /** Without what the function owns, and what follows from it. */
  private static JsonObject kept(JsonObject group) {
    List.of("versions", "instanceTemplate", "updatePolicy", "fingerprint", "status")
        .forEach(group::remove);
    return group;
  }

  private static String newTemplate(JsonObject record) {
    String link =
        record.getAsJsonArray("groups").get(0).getAsJsonObject().get("newTemplate").getAsString();
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** What a template says of its machines, but for the image and the function's own labels. */
  private JsonObject shapeOf(String template) throws Exception {
    JsonObject shape =
        cloud.compute("global/instanceTemplates/" + template).getAsJsonObject("properties");
    JsonObject labels = shape.getAsJsonObject("labels");
    labels.keySet().removeIf(key -> key.startsWith("slipway-"));
    shape.getAsJsonObject("metadata").remove("fingerprint");
    String text = shape.toString().replaceAll("(?<=/images/)[a-z0-9-]+", "IMAGE");
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
