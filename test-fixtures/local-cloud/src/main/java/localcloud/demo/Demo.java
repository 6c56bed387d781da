package localcloud.demo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.access.Grants;
import localcloud.assembly.AlarmSeed;
import localcloud.assembly.Api;
import localcloud.assembly.Closing;
import localcloud.assembly.CommandFault;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Disks;
import localcloud.assembly.FirstVersion;
import localcloud.assembly.GroupState;
import localcloud.assembly.Install;
import localcloud.assembly.LocalCloud;
import localcloud.assembly.Names;
import localcloud.assembly.Scheduler;
import localcloud.assembly.Seed;
import localcloud.assembly.Text;
import localcloud.assembly.UpOptions;
import localcloud.balancer.Load;

/**
 * The main job, shown: a good tarball is deployed, three bad ones are refused. With alarms also a
 * version that is healthy by its check and does not serve well: its alarm puts it back.
 */
public final class Demo {
  private static final String GOOD = "mir-riseos-2.tar.gz";

  /** After the bad tarballs' names. */
  private static final String FAILING = "mir-riseos-6.tar.gz";

  private static final int PER_SECOND = 60;

  /** In cloud time: some minutes are usual; and what the function's first start may cost. */
  private static final Duration USUAL_AT_MOST = Duration.ofMinutes(30);

  private static final Duration START = Duration.ofMinutes(2);

  private final Install install;
  private final DataFolder data;
  private final UpOptions options;
  private final Disks disks;
  private final Screen screen = Screen.standard();
  private final Watch watch = new Watch();
  private final Summary summary = new Summary();
  private final List<String> failures = new ArrayList<>();

  public Demo(Install install, DataFolder data, UpOptions options) {
    this.install = install;
    this.data = data;
    this.options = options;
    this.disks = new Disks(install, data, options.machines());
  }

  /** Returns 0 if the group runs version 2 everywhere and every bad tarball was refused. */
  public int run(Closing closing) throws IOException, InterruptedException {
    screen.line("Slipway's demo: one good upload and %d bad ones.", BadUpload.ALL.length);
    LocalCloud cloud = start(closing);
    Api api = new Api(cloud.endpoint());
    Duration limit = START.plus(USUAL_AT_MOST.dividedBy(options.speed()));
    RecordWatch records = new RecordWatch(api, watch, limit);
    DeploymentView good = deployUnderLoad(cloud, api, records);
    refuse(cloud, api, records);
    if (options.alarms()) {
      putBackByAlarm(cloud, api, records);
    }
    checkGroup(new ComputeClient(api), good);
    cloud.unknownRoutes().forEach(route -> failures.add("the local cloud has no " + route));
    int code = conclude();
    screen.pause(Text.of("Look around: %s shows all of it. Enter stops everything.", cloud.page()));
    return code;
  }

  private LocalCloud start(Closing closing) throws IOException, InterruptedException {
    Grants grants = install.grants();
    LocalCloud cloud = LocalCloud.start(data, options, () -> grants, closing);
    step("local cloud", "%s, cloud time is %s", cloud.endpoint(), pace());
    step("machines", "%s", options.machines().text());
    step("page", "%s", cloud.page());
    Api api = new Api(cloud.endpoint());
    new Seed(api, disks).plant();
    if (options.alarms()) {
      step("alarms", "%s", String.join(" and ", new AlarmSeed(api).plant()));
    }
    step("function", "http://127.0.0.1:%d", cloud.startFunction(install, options));
    if (options.alarms()) {
      // Alarms make long soaks, of which a sweep sees the end.
      closing.add(Scheduler.start(api, data.path(), options.speed()));
    }
    new FirstVersion(new ComputeClient(api), cloud.clock()).await(Duration.ofMinutes(10));
    step("version 1", "%d of %d instances of %s", Names.GROUP_SIZE, Names.GROUP_SIZE, Names.GROUP);
    return cloud;
  }

  private String pace() {
    return options.speed() == 1
        ? "the clock's own"
        : Text.of("%d times as fast as the clock", options.speed());
  }

  /** Simulated machines run faster than any visitor, so only real ones have them. */
  private DeploymentView deployUnderLoad(LocalCloud cloud, Api api, RecordWatch records)
      throws IOException, InterruptedException {
    if (!options.machines().real()) {
      return deploy(cloud, api, records);
    }
    step("visitors", "%s", Visitors.told());
    Visitors visitors = Visitors.of(cloud.balancer().port());
    DeploymentView deployment = deploy(cloud, api, records);
    Visitors.Count count = visitors.leave();
    step("visitors", "%s", count.text());
    failures.addAll(count.failures());
    return deployment;
  }

  private DeploymentView deploy(LocalCloud cloud, Api api, RecordWatch records)
      throws IOException, InterruptedException {
    Path tarball = disks.tarball("2");
    screen.line("");
    screen.line("Version 2");
    Timeline timeline = new Timeline(() -> watch.now(cloud.clock()));
    cloud.functionLog().listen(timeline);
    timeline.reached(Timeline.BEGUN);
    JsonObject upload = api.upload(tarball, Names.UPLOADS, GOOD);
    timeline.reached(Timeline.UPLOADED);
    step("upload", "%s, %d bytes, to gs://%s", GOOD, Files.size(tarball), Names.UPLOADS);
    step("record", "gs://%s/%s", Names.RECORDS, RecordWatch.name(upload));
    Steps steps = new Steps(screen, watch, timeline, new ComputeClient(api));
    DeploymentView deployment = records.untilOver(upload, steps);
    summary.add(timeline);
    if (!deployment.stage().equals(Timeline.DEPLOYED)) {
      tell(GOOD, deployment);
      failures.add(GOOD + " ended as " + deployment.stage());
    }
    return deployment;
  }

  private void refuse(LocalCloud cloud, Api api, RecordWatch records)
      throws IOException, InterruptedException {
    screen.line("");
    screen.line("What the uploader of a bad tarball is told");
    for (BadUpload bad : BadUpload.ALL) {
      Path tarball = disks.simulated(bad.object(), bad.kind(), "2");
      step("upload", "%s: %s", bad.object(), bad.story());
      Watch.Moment begun = watch.now(cloud.clock());
      JsonObject upload = api.upload(tarball, Names.UPLOADS, bad.object());
      DeploymentView deployment = records.untilOver(upload, state -> {});
      Watch.Span span = Watch.Span.between(begun, watch.now(cloud.clock()));
      tell(bad.object(), deployment);
      summary.add(bad.object(), Optional.of(span), deployment.stage() + ", " + deployment.code());
      if (!deployment.stage().equals("rejected")) {
        failures.add(bad.object() + " was not rejected: it ended as " + deployment.stage());
      }
    }
  }

  /** Visitors come while it is a canary: without requests there is no share of 5xx. */
  private void putBackByAlarm(LocalCloud cloud, Api api, RecordWatch records)
      throws IOException, InterruptedException {
    screen.line("");
    screen.line("A version that is healthy by its check, and fails every fifth request");
    Path tarball = disks.failing(FAILING, "3");
    Load load = Load.start(URI.create("http://127.0.0.1:" + cloud.balancer().port()), PER_SECOND);
    step("visitors", "%d requests a second through the load balancer", PER_SECOND);
    Watch.Moment begun = watch.now(cloud.clock());
    JsonObject upload = api.upload(tarball, Names.UPLOADS, FAILING);
    step("upload", "%s, to gs://%s", FAILING, Names.UPLOADS);
    DeploymentView deployment = records.untilOver(upload, state -> {});
    Watch.Span span = Watch.Span.between(begun, watch.now(cloud.clock()));
    Load.Result result = load.stop();
    step("visitors", "%d requests, %d failed", result.sent(), result.failed());
    tell(FAILING, deployment);
    summary.add(FAILING, Optional.of(span), deployment.stage() + ", " + deployment.code());
    if (!deployment.code().equals("alarm")) {
      failures.add(FAILING + " was not put back by its alarm: it ended as " + deployment.stage());
    }
  }

  private void tell(String object, DeploymentView deployment) {
    String indent = " ".repeat(24);
    step(deployment.stage(), "%s", object);
    screen.line("%scode       %s", indent, deployment.code());
    screen.line("%smessage    %s", indent, deployment.message());
    String nextStep = deployment.nextStep().replace("\n", "\n" + indent + " ".repeat(11));
    screen.line("%snext step  %s", indent, nextStep);
  }

  private void checkGroup(ComputeClient compute, DeploymentView good)
      throws IOException, InterruptedException {
    String template = good.newTemplate();
    GroupState group = compute.group();
    if (template.isEmpty() || !group.runsEverywhere(template)) {
      failures.add(Names.GROUP + " does not run version 2 everywhere: " + group);
    } else if (!compute.imageOf(template).equals(good.image())) {
      failures.add("template " + template + " is not made of image " + good.image());
    }
  }

  private int conclude() {
    screen.line("");
    screen.line("Summary");
    summary.rows().forEach(row -> screen.line("%s", row));
    screen.line("");
    if (failures.isEmpty()) {
      screen.line(
          "Every instance of %s runs version 2, and every bad tarball was rejected. %s in all.",
          Names.GROUP, watch.stamp().strip());
      return 0;
    }
    failures.forEach(failure -> screen.line("FAILED: %s", failure));
    screen.line("The function's log: %s", Install.shown(data.functionLog()));
    return CommandFault.FAILED;
  }

  private void step(String what, String format, Object... values) {
    screen.line("%s  %-15s %s", watch.stamp(), what, Text.of(format, values));
  }
}
