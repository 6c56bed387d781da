package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What happens to groups every day decides nothing about a version. */
class RealGroupsTest {
  private static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 20, "progressDeadlineSeconds": 600,
        "groups": ["projects/demo/GROUP"], MORE}}
      """
          .replace("GROUP", GROUP);
  private static final String AT_ONCE = "'canary': {'size': '0'}, 'maxSurge': '4'";
  private static final String CANARY = "'canary': {'size': '1', 'soakSeconds': 300}";

  /** For hours of cloud time, on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final ExecutorService call = Executors.newSingleThreadExecutor();
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    call.shutdownNow();
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void aCheckThatIsTakenAwayMakesNoDeadVersionGood() throws Exception {
    Future<JsonObject> end = begin(AT_ONCE, SimulatedDisk.healthy("2").unhealthy());
    soon(this::isNewVersionThere);
    cloud.patch(GROUP, "{\"autoHealingPolicies\": []}");

    assertThat(told(end.get())).isEqualTo("rolled-back, cannot-tell");
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
  }

  @Test
  void aGroupThatIsScaledToNothingDuringACanaryMakesNoneGood() throws Exception {
    Future<JsonObject> end = begin(CANARY, SimulatedDisk.healthy("2").unhealthy());
    soon(this::isNewVersionThere);
    cloud.patch(GROUP, "{\"targetSize\": 0}");

    assertThat(told(end.get())).isEqualTo("rolled-back, cannot-tell");
    cloud.patch(GROUP, "{\"targetSize\": 2}");
    soon(() -> cloud.running().equals(List.of("mir-riseos-1", "mir-riseos-1")));
  }

  @Test
  void aGroupWithoutInstancesIsGivenWhatNobodyHasSeen() throws Exception {
    cloud.patch(GROUP, "{\"targetSize\": 0}");
    soon(() -> cloud.running().isEmpty());

    deploy(AT_ONCE, SimulatedDisk.healthy("2"));
    JsonObject record = deploy(AT_ONCE, SimulatedDisk.healthy("3"));

    assertThat(told(record)).isEqualTo("deployed, unseen");
    assertThat(text(group(record), "previousTemplate")).endsWith("/mir-riseos-1");
    assertThat(text(cloud.compute("global/images/family/mir-riseos"), "name"))
        .isEqualTo("mir-riseos-1");
    cloud.patch(GROUP, "{\"targetSize\": 1}");
    soon(() -> isStable() && cloud.running().equals(List.of(template(record))));
  }

  @Test
  void spotInstancesThatAreTakenBackAreNoLoop() throws Exception {
    JsonObject spot = cloud.compute("global/instanceTemplates/mir-riseos-1");
    spot.addProperty("name", "spot");
    JsonObject scheduling = new JsonObject();
    scheduling.addProperty("provisioningModel", "SPOT");
    spot.getAsJsonObject("properties").add("scheduling", scheduling);
    cloud.create("global/instanceTemplates", spot.toString());
    give("spot", 12);
    soon(this::isStable);
    cloud.strike(
        "{'rules':[{'on':'machine','template':'mir-riseos-*','nth':[2,6,10],"
            + "'do':'preempt','afterSeconds':30}]}");

    JsonObject record = deploy(AT_ONCE, SimulatedDisk.healthy("2"));

    assertThat(cloud.calm().toString()).contains("\"struck\":3");
    assertThat(told(record)).isEqualTo("deployed, healthy");
    assertThat(cloud.running()).hasSize(12).containsOnly(template(record));
  }

  @Test
  void noneIsUnhealthyBeforeItsInitialDelayIsOver() throws Exception {
    cloud.patch(
        GROUP,
        "{\"autoHealingPolicies\": [{\"initialDelaySec\": 1200, \"healthCheck\":"
            + " \"projects/demo/global/healthChecks/mir-riseos-health\"}]}");

    JsonObject record = deploy(AT_ONCE, SimulatedDisk.healthy("2").bootingIn(700));

    assertThat(told(record)).isEqualTo("deployed, healthy");
  }

  @Test
  void connectionsThatDrainAreProgressAlsoOnTheWayBack() throws Exception {
    cloud.patch(
        "global/backendServices/mir-riseos-backend",
        "{\"connectionDraining\": {\"drainingTimeoutSec\": 900}}");

    JsonObject good = deploy(AT_ONCE, SimulatedDisk.healthy("2"));
    assertThat(told(good)).isEqualTo("deployed, healthy");

    JsonObject bad = deploy(AT_ONCE, SimulatedDisk.healthy("3").dyingAfter(200));
    assertThat(told(bad)).isEqualTo("rolled-back, crash-loop");
    assertThat(cloud.running()).hasSize(3).containsOnly(template(good));
  }

  @Test
  void aGroupThatWasIllBlocksNoVersionAndMayStayIll() throws Exception {
    cloud.version("ill", SimulatedDisk.healthy("1"));
    cloud.strike("{'rules':[{'on':'machine','do':'never-healthy'}]}");
    give("ill", 3);

    JsonObject record = deploy(AT_ONCE, SimulatedDisk.healthy("2"));

    assertThat(told(record)).isEqualTo("rolled-back, old-unhealthy");
    cloud.calm();
    assertThat(told(deploy(AT_ONCE, SimulatedDisk.healthy("2")))).isEqualTo("deployed, healthy");
  }

  @Test
  void namesOfVersionsStayWhatTheyAre() throws Exception {
    give("mir-riseos-1\", \"name\": \"v1", 3);
    soon(this::isStable);
    Set<String> before = names();

    Future<JsonObject> end = begin(CANARY, SimulatedDisk.healthy("2"));
    soon(() -> isNewVersionThere() && isStable());

    JsonObject old = cloud.compute(GROUP).getAsJsonArray("versions").get(0).getAsJsonObject();
    assertThat(text(old, "name")).isEqualTo("v1");
    Set<String> left = names();
    left.retainAll(before);
    assertThat(left).as("one is replaced").hasSize(2);
    assertThat(told(end.get())).isEqualTo("deployed, healthy");
  }

  @Test
  void anUpdateThatWaitsForInstancesToEndIsNobodysChange() throws Exception {
    cloud.version("waiting", SimulatedDisk.healthy("1"));
    cloud.patch(
        GROUP,
        "{\"versions\": [{\"instanceTemplate\": \"global/instanceTemplates/waiting\"}],"
            + " \"updatePolicy\": {\"type\": \"OPPORTUNISTIC\"}}");
    assertThat(cloud.running()).containsOnly("mir-riseos-1");

    JsonObject record = deploy(CANARY, SimulatedDisk.healthy("2"));

    assertThat(told(record)).isEqualTo("deployed, healthy");
    assertThat(cloud.running()).hasSize(3).containsOnly(template(record));
  }

  private Future<JsonObject> begin(String more, SimulatedDisk disk) {
    return call.submit(() -> deploy(more, disk));
  }

  private JsonObject deploy(String more, SimulatedDisk disk) throws Exception {
    String targets = TARGETS.replace("MORE", more.replace('\'', '"'));
    return new Deliveries(cloud, Map.of("TARGETS", targets))
        .deploy(cloud.upload("mir-riseos-" + disk.version() + ".tar.gz", Kind.SPARSE, disk));
  }

  /** The group has so many instances, all of them of this version, or made anew to be so. */
  private void give(String version, int size) throws Exception {
    cloud.patch(
        GROUP,
        ("{'targetSize': "
                + size
                + ", 'versions': [{'instanceTemplate': 'TEMPLATE'}],"
                + " 'updatePolicy': {'type': 'PROACTIVE', 'maxSurge': {'fixed': 0},"
                + " 'maxUnavailable': {'fixed': 3}}}")
            .replace('\'', '"')
            .replace("TEMPLATE", "global/instanceTemplates/" + version));
    soon(
        () -> {
          JsonObject status = cloud.compute(GROUP).getAsJsonObject("status");
          return status.getAsJsonObject("versionTarget").get("isReached").getAsBoolean()
              && cloud.running().size() == size;
        });
  }

  private boolean isNewVersionThere() throws Exception {
    return cloud.running().stream().anyMatch(one -> !one.equals("mir-riseos-1"));
  }

  private boolean isStable() throws Exception {
    return cloud.compute(GROUP).getAsJsonObject("status").get("isStable").getAsBoolean();
  }

  private Set<String> names() throws Exception {
    Set<String> names = new TreeSet<>();
    cloud.instances(GROUP).forEach(one -> names.add(text(one, "instance")));
    return names;
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(LIMIT).until(condition);
  }

  private static String template(JsonObject record) {
    return text(group(record), "newTemplate").replaceAll(".*/", "");
  }

  private static JsonObject group(JsonObject record) {
    return record.getAsJsonArray("groups").get(0).getAsJsonObject();
  }

  /** How it ended, and by which code. */
  private static String told(JsonObject record) {
    return text(record, "stage") + ", " + text(record.getAsJsonObject("verdict"), "code");
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
