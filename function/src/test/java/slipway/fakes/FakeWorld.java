package slipway.fakes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import slipway.audit.Audit;
import slipway.deployment.CallContext;
import slipway.gcp.Ports;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.settings.TemplatePath;
import slipway.time.CallTime;
import slipway.time.ManualTime;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/** All that is outside the function: buckets, Compute with one group of three, time and the log. */
public final class FakeWorld {
  /** The target's group. */
  public static final GroupPath GROUP = new GroupPath("demo", "zones/us-west1-a", "site-group");

  /** Another group, of a target of two waves. */
  public static final GroupPath SECOND = new GroupPath("demo", "zones/us-west1-b", "site-group-b");

  /** What the groups run at first. */
  public static final TemplatePath FIRST =
      new TemplatePath("projects/demo/global/instanceTemplates/site-1");

  /** Uploads named site-... go to the group; deadlines that fit into one call. */
  public static final Target SITE =
      new Target(
          "site",
          "site-",
          List.of(GROUP),
          new Target.Rolling(new Size(1, false), new Size(0, false)),
          List.of(),
          Target.Approval.NONE,
          new Target.Deadlines(
              Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(1200)),
          10,
          5,
          List.of(),
          null,
          List.of(),
          false,
          ImageSettings.NONE);

  private static final Instant START = Instant.parse("2026-11-22T13:42:33Z");

  public final FakeBuckets buckets = new FakeBuckets();
  public final FakeImages images = new FakeImages();
  public final FakeTemplates templates = new FakeTemplates();
  public final FakeGroup group;
  public final FakeGroup second = new FakeGroup(SECOND, 3, FIRST);
  public final FakeGroups groups;
  public final FakeMonitoring monitoring = new FakeMonitoring();
  public final ManualTime time = new ManualTime(START);
  public final FakePrivate own = new FakePrivate(time);
  public final FakeRecords records = new FakeRecords(time);
  public final FakeHandoffs handoffs = new FakeHandoffs(time);
  public final FakeOrders orders = new FakeOrders(time);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  public final Audit audit = new Audit(new PrintStream(log, true, UTF_8), time);

  private int calls;
  private int sweeps;

  /** A group at rest, which goes on whenever somebody waits. */
  public FakeWorld() {
    this(GROUP, FIRST);
  }

  /** The same with another group, of three, that runs this template. */
  public FakeWorld(GroupPath path, TemplatePath first) {
    group = new FakeGroup(path, 3, first);
    groups = new FakeGroups(group, second);
    templates.put(
        first,
        """
        {"name": "site-1", "properties": {"machineType": "e2-micro", "disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/site-1"}}]}}
        """);
    templates.inUse(groups::hold);
    time.afterSleep(groups::tick);
  }

  /** The function's settings with these targets. */
  public static Settings settings(Targets targets) {
    return new Settings(
        "demo",
        new Settings.Buckets("uploads", "records", "private"),
        Duration.ofSeconds(540),
        new Settings.Endpoints("", "", "", ""),
        "",
        targets);
  }

  /** All of it, as the stages see it. */
  public Ports ports() {
    return new Ports(
        buckets,
        buckets,
        records,
        own,
        handoffs,
        orders,
        images,
        templates,
        groups,
        monitoring,
        own,
        own,
        own);
  }

  /** What one call of the function works with. */
  public CallContext call(Ports ports, Duration duration) {
    CallTime left = new CallTime(time, time, duration);
    return new CallContext(
        ports.records(),
        ports.open(),
        ports.handoffs(),
        ports.orders(),
        audit,
        left,
        "call-" + ++calls);
  }

  /** Uploads a tarball of this kind, a while after the one before. */
  public Upload upload(String object, Kind kind) {
    return upload(object, kind, Map.of("git-sha", "4f2a9c"));
  }

  /** The scheduler's event, of this moment. */
  public Upload sweep() {
    return new Upload(
        "uploads", Handoff.SWEEP, ++sweeps, time.instant(), 0, "AAAAAA==", null, Map.of());
  }

  /** The same with this metadata. */
  public Upload upload(String object, Kind kind, Map<String, String> metadata) {
    return upload(object, kind, SimulatedDisk.healthy("2"), metadata);
  }

  /** The same with this disk. */
  public Upload upload(String object, SimulatedDisk disk) {
    return upload(object, Kind.SPARSE, disk, Map.of());
  }

  /** The same of another disk, so of other bytes. */
  public Upload upload(String object, Kind kind, SimulatedDisk disk, Map<String, String> metadata) {
    time.sleep(Duration.ofSeconds(10));
    byte[] bytes = bytes(kind, disk);
    Upload upload =
        new Upload(
            "uploads",
            object,
            time.instant().toEpochMilli() * 1000,
            time.instant(),
            bytes.length,
            crc32c(bytes),
            null,
            metadata);
    buckets.put(upload, bytes);
    return upload;
  }

  /** All log lines so far. */
  public List<JsonObject> log() {
    return log.toString(UTF_8)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  /** The event codes of all log lines so far. */
  public List<String> events() {
    return log().stream().map(line -> line.get("event").getAsString()).toList();
  }

  /** The lines of a code that a deployment has once, as Cloud Logging shows them. */
  public List<JsonObject> told(String once) {
    Map<String, JsonObject> shown = new LinkedHashMap<>();
    for (JsonObject line : log()) {
      if (line.get("event").getAsString().equals(once)) {
        String id = line.get("logging.googleapis.com/insertId").getAsString();
        shown.putIfAbsent(line.get("time").getAsString() + " " + id, line);
      }
    }
    return List.copyOf(shown.values());
  }

  private static byte[] bytes(Kind kind, SimulatedDisk disk) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Tarball.write(kind, disk, bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    byte[] fourBytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(fourBytes);
  }
}
