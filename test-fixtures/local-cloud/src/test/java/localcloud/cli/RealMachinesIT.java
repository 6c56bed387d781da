package localcloud.cli;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localcloud.access.Grants;
import localcloud.assembly.Api;
import localcloud.assembly.Appliance;
import localcloud.assembly.Closing;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Disks;
import localcloud.assembly.FirstVersion;
import localcloud.assembly.Install;
import localcloud.assembly.LocalCloud;
import localcloud.assembly.Names;
import localcloud.assembly.Seed;
import localcloud.assembly.UpOptions;
import localcloud.clock.RunningClock;
import localcloud.machines.QemuMachines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of three real machines, seen through the API alone. */
class RealMachinesIT {
  private static final String ZONE = "/compute/v1/projects/demo/zones/us-west1-a/";
  private static final Duration PATIENCE = ofMinutes(5);

  @TempDir static Path folder;

  private static final Closing CLOSING = new Closing();
  private static DataFolder data;
  private static Api api;
  private static Appliance appliance;
  private static RunningClock clock;

  @BeforeAll
  static void start() throws Exception {
    Install install = new Install(Path.of("../..").toAbsolutePath().normalize());
    appliance = install.appliance();
    assumeThat(appliance.missing()).as("real machines are not tested").isEmpty();
    data = DataFolder.at(Files.createDirectories(folder.resolve("data")));
    List<String> line =
        List.of(
            "--machines=qemu",
            "--http-port=0",
            "--https-port=0",
            "--balancer-port=0",
            "--page-port=0",
            "--function-port=0");
    Grants grants = install.grants();
    UpOptions options = UpLine.parse(line, Optional::empty);
    LocalCloud cloud = LocalCloud.start(data, options, () -> grants, CLOSING);
    clock = cloud.clock();
    api = new Api(cloud.endpoint());
    new Seed(api, new Disks(install, data, options.machines())).plant();
    new FirstVersion(new ComputeClient(api), clock).await(PATIENCE);
  }

  @AfterAll
  static void stop() throws Exception {
    CLOSING.close();
    if (data != null) {
      assertThat(data.processes().running(QemuMachines.ROLE)).isEmpty();
    }
  }

  @Test
  void theConsoleTellsWhatTheMachineSaid() throws Exception {
    String name = instances(Names.GROUP).get(0);
    JsonObject whole = console(name, "");
    assertThat(whole.get("contents").getAsString())
        .contains("SeaBIOS", "address 10.128.0.2/32", "MTU 1460", "serving version 1 on port 80");
    long next = whole.get("next").getAsLong();

    JsonObject rest = console(name, "?start=" + (next - 10));
    assertThat(rest.get("start").getAsLong()).isEqualTo(next - 10);
    assertThat(whole.get("contents").getAsString()).endsWith(rest.get("contents").getAsString());
    assertThat(console(name, "?start=" + (next + 1000)).get("next").getAsLong()).isEqualTo(next);
  }

  /**
   * The system of the 2016 write-up restarts a crashed instance within 30 seconds. Its health check
   * asks every 30 s; this group's asks every second.
   */
  @Test
  void oneThatIsKilledIsReplacedAndServesAgain() throws Exception {
    ProcessHandle victim = data.processes().running(QemuMachines.ROLE).get(0);
    RunningClock system = RunningClock.startingNow(1);
    Instant killed = system.instant();
    victim.destroyForcibly();
    await().atMost(ofSeconds(60)).until(() -> !new ComputeClient(api).group().stable());
    Duration seen = Duration.between(killed, system.instant());
    new FirstVersion(new ComputeClient(api), clock).await(PATIENCE);
    System.out.printf(
        java.util.Locale.ROOT,
        "a killed machine: seen after %d ms, replaced and healthy after %d ms%n",
        seen.toMillis(),
        Duration.between(killed, system.instant()).toMillis());

    assertThat(victim.isAlive()).isFalse();
    assertThat(data.processes().running(QemuMachines.ROLE)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void oneThatPowersOffIsMadeAnewUnderItsName() throws Exception {
    make("mortal", appliance.tarball("1", "--dies-after", "1"));
    String name = awaitInstance("mortal");
    String first = get(name).get("id").getAsString();
    await().atMost(PATIENCE).until(() -> isAnother(name, first));
    assertThat(instances("mortal")).containsExactly(name);
  }

  /** Its MBR has no boot code: a machine's BIOS finds nothing on it, and OVMF does. */
  @Test
  void aDiskOfUefiAloneBootsInAMachineOfUefi() throws Exception {
    assumeThat(Files.isReadable(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd")))
        .as("OVMF is not installed: no UEFI is tested")
        .isTrue();
    Path tarball = appliance.tarball("3", "--uefi");
    make("bios", tarball);
    make("uefi", tarball, "UEFI_COMPATIBLE");

    awaitConsole("bios", "Booting from Hard Disk");
    awaitConsole("uefi", "serving version 3 on port 80");
    assertThat(said("uefi")).contains("BdsDxe: starting Boot0001");
    assertThat(said("bios")).as("it was first, and waits for ever").doesNotContain("serving");
  }

  private static void awaitConsole(String group, String text) throws Exception {
    await().atMost(PATIENCE).until(() -> said(group).contains(text));
  }

  private static String said(String group) throws Exception {
    return console(awaitInstance(group), "").get("contents").getAsString();
  }

  private static boolean isAnother(String name, String first) throws Exception {
    return api.find(ZONE + "instances/" + name)
        .map(instance -> !instance.get("id").getAsString().equals(first))
        .orElse(false);
  }

  /** An image, a template and a group of one, without a health check. */
  private static void make(String name, Path tarball, String... features) throws Exception {
    ComputeClient compute = new ComputeClient(api);
    api.upload(tarball, Names.PRIVATE, name + ".tar.gz");
    JsonObject rawDisk = new JsonObject();
    rawDisk.addProperty(
        "source", "https://storage.googleapis.com/" + Names.PRIVATE + "/" + name + ".tar.gz");
    JsonObject image = named(name);
    image.add("rawDisk", rawDisk);
    JsonArray guestOsFeatures = new JsonArray();
    for (String type : features) {
      JsonObject feature = new JsonObject();
      feature.addProperty("type", type);
      guestOsFeatures.add(feature);
    }
    image.add("guestOsFeatures", guestOsFeatures);
    compute.create("global/images", image);
    JsonObject template = named(name);
    JsonObject properties =
        api.get("/compute/v1/projects/demo/global/instanceTemplates/" + Names.FIRST)
            .getAsJsonObject("properties");
    properties
        .getAsJsonArray("disks")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("initializeParams")
        .addProperty("sourceImage", "global/images/" + name);
    template.add("properties", properties);
    compute.create("global/instanceTemplates", template);
    JsonObject group = named(name);
    group.addProperty("baseInstanceName", name);
    group.addProperty("targetSize", 1);
    group.addProperty("instanceTemplate", "projects/demo/global/instanceTemplates/" + name);
    compute.create("zones/" + Names.ZONE + "/instanceGroupManagers", group);
  }

  private static String awaitInstance(String group) {
    await().atMost(PATIENCE).until(() -> !instances(group).isEmpty());
    await().atMost(PATIENCE).until(() -> api.find(ZONE + "instances/" + first(group)).isPresent());
    return first(group);
  }

  private static String first(String group) {
    try {
      return instances(group).get(0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> instances(String group) throws Exception {
    JsonObject listed =
        api.post(
            ZONE + "instanceGroupManagers/" + group + "/listManagedInstances", new JsonObject());
    JsonArray all = listed.getAsJsonArray("managedInstances");
    return all == null
        ? List.of()
        : all.asList().stream()
            .map(one -> one.getAsJsonObject().get("instance").getAsString())
            .map(ComputeClient::lastSegment)
            .toList();
  }

  private static JsonObject get(String name) throws Exception {
    return api.get(ZONE + "instances/" + name);
  }

  private static JsonObject console(String name, String query) throws Exception {
    return api.get(ZONE + "instances/" + name + "/serialPort" + query);
  }

  private static JsonObject named(String name) {
    JsonObject resource = new JsonObject();
    resource.addProperty("name", name);
    return resource;
  }
}
