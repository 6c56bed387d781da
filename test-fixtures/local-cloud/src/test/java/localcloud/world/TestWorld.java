package localcloud.world;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.RawDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import localcloud.clock.ManualClock;
import localcloud.faults.Faults;
import localcloud.machines.SimulatedMachines;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import localcloud.world.places.Scope;

/** A world under a clock that only the test moves, with a group of three to change. */
public final class TestWorld {
  public static final Scope ZONE = Scope.zone("us-west1-a");
  public static final String GROUP = "web";
  public static final String GOOD = "{\"version\":\"1\",\"bootSeconds\":5}";
  public static final String BROKEN = "{\"version\":\"2\",\"bootSeconds\":5,\"healthy\":false}";

  public final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  public final Disks disks;
  public final World world;

  public TestWorld(Path folder) throws IOException {
    this(folder, new Faults("demo"));
  }

  public TestWorld(Path folder, Faults faults) throws IOException {
    disks = new Disks(folder.resolve("tarballs"));
    world =
        new World(
            new Site("demo", clock, folder.resolve("data"), disks, Runnable::run),
            faults.around(new SimulatedMachines(clock)),
            Pace.usual(),
            faults);
  }

  public void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    world.advance();
  }

  public Operation image(String name, String behaviour) throws IOException, InterruptedException {
    return image(name, 1, behaviour);
  }

  public Operation image(String name, int gib, String behaviour)
      throws IOException, InterruptedException {
    String url = disks.uploadSimulated(name, gib, behaviour);
    return world.call(
        () ->
            world
                .images()
                .insert(
                    Image.newBuilder()
                        .setName(name)
                        .setRawDisk(RawDisk.newBuilder().setSource(url))
                        .build()));
  }

  /** An image and a template of one name, both ready. */
  public void version(String name, String behaviour) throws IOException, InterruptedException {
    image(name, behaviour);
    template(name, "global/images/" + name);
    pass(30);
  }

  public void template(String name, String image) {
    template(name, image, properties -> {});
  }

  /** The same, with more in its properties. */
  public void template(String name, String image, Consumer<InstanceProperties.Builder> more) {
    AttachedDisk boot =
        AttachedDisk.newBuilder()
            .setBoot(true)
            .setAutoDelete(true)
            .setInitializeParams(AttachedDiskInitializeParams.newBuilder().setSourceImage(image))
            .build();
    InstanceProperties.Builder properties =
        InstanceProperties.newBuilder()
            .setMachineType("f1-micro")
            .addNetworkInterfaces(
                NetworkInterface.newBuilder().setNetwork("global/networks/default"))
            .addDisks(boot);
    more.accept(properties);
    InstanceTemplate template =
        InstanceTemplate.newBuilder().setName(name).setProperties(properties).build();
    world.call(() -> world.templates().insert(Scope.GLOBAL, template));
  }

  public void check() {
    HealthCheck check =
        HealthCheck.newBuilder()
            .setName("http")
            .setType("HTTP")
            .setHttpHealthCheck(HTTPHealthCheck.newBuilder().setPort(80))
            .build();
    world.call(() -> world.healthChecks().insert(check));
  }

  /** The group as first asked for: surge 1, unavailable 0, healed after 60 s of failures. */
  public static InstanceGroupManager asked(String template, int size) {
    return InstanceGroupManager.newBuilder()
        .setName(GROUP)
        .setBaseInstanceName(GROUP)
        .setInstanceTemplate("global/instanceTemplates/" + template)
        .setTargetSize(size)
        .addAutoHealingPolicies(
            InstanceGroupManagerAutoHealingPolicy.newBuilder()
                .setHealthCheck("global/healthChecks/http")
                .setInitialDelaySec(60))
        .setUpdatePolicy(
            InstanceGroupManagerUpdatePolicy.newBuilder()
                .setType("PROACTIVE")
                .setMaxSurge(fixed(1))
                .setMaxUnavailable(fixed(0)))
        .build();
  }

  public static FixedOrPercent fixed(int count) {
    return FixedOrPercent.newBuilder().setFixed(count).build();
  }

  public static FixedOrPercent percent(int percent) {
    return FixedOrPercent.newBuilder().setPercent(percent).build();
  }

  /** Three healthy instances of version a. */
  public void groupOfThree() throws IOException, InterruptedException {
    version("a", GOOD);
    check();
    insert(asked("a", 3));
    pass(60);
  }

  public Operation insert(InstanceGroupManager asked) {
    return world.call(() -> world.groups().insert(ZONE, asked));
  }

  public Operation patch(UnaryOperator<InstanceGroupManager.Builder> edit) {
    return world.call(
        () -> world.groups().patch(ZONE, GROUP, null, now -> edit.apply(now.toBuilder()).build()));
  }

  /** Patches the versions: the first gets what the others leave. */
  public void roll(InstanceGroupManagerVersion... versions) {
    patch(group -> group.clearVersions().addAllVersions(List.of(versions)));
  }

  public static InstanceGroupManagerVersion of(String template) {
    return InstanceGroupManagerVersion.newBuilder()
        .setInstanceTemplate("projects/demo/global/instanceTemplates/" + template)
        .build();
  }

  public static InstanceGroupManagerVersion of(String template, FixedOrPercent size) {
    return of(template).toBuilder().setTargetSize(size).build();
  }

  public InstanceGroupManager group() {
    return world.call(() -> world.groups().get(ZONE, GROUP));
  }

  public List<ManagedInstance> members() {
    return world.call(() -> world.groups().members(ZONE, GROUP));
  }

  /** Instances that serve: RUNNING, and seen HEALTHY. */
  public long serving() {
    return serving(members());
  }

  public static long serving(List<ManagedInstance> members) {
    return members.stream()
        .filter(one -> one.getInstanceStatus().equals("RUNNING"))
        .filter(one -> one.getInstanceHealth(0).getDetailedHealthState().equals("HEALTHY"))
        .count();
  }

  public long of(String template, List<ManagedInstance> members) {
    return members.stream()
        .filter(one -> one.getVersion().getInstanceTemplate().endsWith("/" + template))
        .count();
  }
}
