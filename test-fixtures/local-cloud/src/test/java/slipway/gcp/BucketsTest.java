package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BlobInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import localcloud.cli.SeededCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.artifact.Sha256;
import slipway.deployment.Orders;
import slipway.prune.Takeover.Cursor.Position;
import slipway.record.DeploymentRecord;
import slipway.record.OpenMarkers.Marker;
import slipway.record.Records;
import slipway.rollout.TargetState;
import slipway.rollout.TargetState.GroupHistory;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Settings;
import slipway.settings.TemplatePath;
import slipway.time.CallTime;
import slipway.time.RunningTime;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;

/** What the function keeps in the private bucket and in the records', and finds there again. */
class BucketsTest {
  private static final TemplatePath OF_ANOTHER =
      new TemplatePath("projects/demo/global/instanceTemplates/api-20261122-134233-4f2a9c-0a1b");

  @TempDir static Path folder;
  private static SeededCloud cloud;
  private static Settings settings;
  private static Ports ports;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder);
    settings = Settings.read(cloud.environment(Map.of()));
    RunningTime clock = RunningTime.of(settings.cloudClock());
    CallTime time = new CallTime(clock, clock, settings.call().multipliedBy(100));
    ports = Ports.of(Clients.connect(settings), settings, time);
  }

  @AfterAll
  static void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void aMarkerThatWasWrittenAgainIsNotDeletedByItsOldGeneration() {
    String id = "site-20261122-134233-4f2a9c";
    ports.open().put(id, "site-\u00e9t\u00e9.tar.gz", 7);
    ports.open().put("site-b-20261122-134233-4f2a9c", "site-b.tar.gz", 8);
    Marker listed = ports.open().of("site").get(0);
    assertThat(ports.open().of("site")).hasSize(1);
    assertThat(listed.object()).isEqualTo("site-\u00e9t\u00e9.tar.gz");
    assertThat(listed.generation()).isEqualTo(7);
    assertThat(listed.since()).isAfter(Instant.EPOCH);

    ports.open().put(id, "site-2.tar.gz", 7);
    ports.open().remove(listed);
    assertThat(ports.open().all()).extracting(Marker::deployment).contains(id);

    ports.open().remove(ports.open().of("site").get(0));
    ports.open().remove(listed);
    ports.open().remove(id);
    assertThat(ports.open().all()).extracting(Marker::deployment).doesNotContain(id);
  }

  @Test
  void theCursorGoesOnlyOnFromWhereItWasRead() {
    Position start = ports.takenOver().find();
    assertThat(start).isEqualTo(new Position("", false, 0));

    Position next = ports.takenOver().save(new Position("deployments/a", false, 0)).orElseThrow();
    assertThat(ports.takenOver().find()).isEqualTo(next);
    assertThat(ports.takenOver().save(start)).isEmpty();
    assertThat(ports.takenOver().save(new Position("deployments/b", true, next.generation())))
        .isPresent();
    assertThat(ports.takenOver().find().done()).isTrue();
  }

  @Test
  void whatATargetBorrowsIsToldByOneListAndByTheStateWhereItIsTooMuch() {
    ports.targets().save("few", state(List.of(OF_ANOTHER)), 0);
    List<TemplatePath> many =
        IntStream.range(1000, 1100)
            .mapToObj(i -> new TemplatePath(OF_ANOTHER.value().replace("0a1b", "" + i)))
            .toList();
    ports.targets().save("many", state(many), 0);

    assertThat(ports.targets().names()).contains("few", "many");
    assertThat(ports.targets().borrowed(Set.of("few", "none"))).containsExactly(OF_ANOTHER);
    assertThat(ports.targets().borrowed(Set.of("many"))).containsExactlyInAnyOrderElementsOf(many);
    assertThat(ports.targets().borrowed(Set.of())).isEmpty();
  }

  private static TargetState state(List<TemplatePath> templates) {
    List<List<Version>> written =
        templates.stream().map(one -> List.of(Version.rest(one))).toList();
    GroupHistory history = new GroupHistory(null, null, null, written, false, null);
    GroupPath group = new GroupPath("demo", "zones/us-west1-a", "group");
    return new TargetState(2, null, null, Map.of(group.toString(), history), List.of(), List.of());
  }

  @Test
  void ordersAreFoundByOneListAndAHoldIsMovedFromItsEarlierPlace() {
    write("targets/early.hold", "incident 42");
    write("targets/both.hold", "before");
    write("orders/both/hold", "now");
    write("orders/both/hold.answer", "read");
    write("orders/both-too/abort", "");
    Orders orders = ports.orders();
    assertThat(orders.kinds("early")).isEmpty();
    assertThat(orders.kinds("both")).containsExactly(Orders.Kind.HOLD);
    assertThat(orders.earlierHold("early")).contains("gs://mir-riseos-private/targets/early.hold");

    orders.moveEarlierHolds();
    orders.moveEarlierHolds();

    assertThat(orders.kinds("early")).containsExactly(Orders.Kind.HOLD);
    assertThat(orders.earlierHold("early")).isEmpty();
    assertThat(orders.earlierHold("both")).isEmpty();
    assertThat(orders.find("early", Orders.Kind.HOLD).orElseThrow().content())
        .isEqualTo("incident 42");
    assertThat(orders.find("both", Orders.Kind.HOLD).orElseThrow().content()).isEqualTo("now");
  }

  private static void write(String name, String content) {
    Clients.connect(settings)
        .storage()
        .create(
            BlobInfo.newBuilder(settings.buckets().proven(), name).build(),
            content.getBytes(UTF_8));
  }

  @Test
  void aDigestIsBlockedForOneTarget() {
    Sha256 digest = Sha256.ofHex("ab".repeat(32));
    ports.targets().block("site", digest, true);
    ports.targets().block("site", digest, true);

    assertThat(ports.targets().isBlocked("site", digest)).isTrue();
    assertThat(ports.targets().isBlocked("api", digest)).isFalse();
    ports.targets().block("site", digest, false);
    ports.targets().block("site", digest, false);
    assertThat(ports.targets().isBlocked("site", digest)).isFalse();
  }

  @Test
  void recordsAreReadInPiecesThatFollowEachOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      save("pieces-" + i + ".tar.gz", 7);
    }

    Records.Piece all = ports.records().behind("deployments/pieces-");
    assertThat(all.records())
        .extracting(Records.Listed::object)
        .startsWith("pieces-0.tar.gz", "pieces-1.tar.gz", "pieces-2.tar.gz");
    assertThat(all.records().get(0).generation()).isEqualTo(7);
    assertThat(all.records().get(0).entry().open()).isTrue();
    Records.Piece rest = ports.records().behind("deployments/pieces-0.tar.gz/7.json");
    assertThat(rest.records())
        .extracting(Records.Listed::object)
        .startsWith("pieces-1.tar.gz", "pieces-2.tar.gz");
    assertThat(ports.records().behind(all.last()).last()).isEmpty();
  }

  @Test
  void ofAnObjectThatIsOverwrittenAllTheTimeTheEarliestAndTheLatestAreKnown() throws Exception {
    long last = Instant.parse("2026-11-22T13:42:33Z").toEpochMilli() * 1000;
    long hours = Duration.ofHours(1).toMillis() * 1000;
    List<Long> generations = new ArrayList<>();
    for (int i = 160; i >= 0; i--) {
      generations.add(last - i * hours);
      save("same.tar.gz", last - i * hours);
    }
    save("same.tar.gz.other", last - 1);

    assertThat(ports.records().ofObject("same.tar.gz", last))
        .extracting(Records.Listed::generation)
        .contains(generations.get(0), generations.get(99))
        .contains(last, generations.get(159), generations.get(140))
        .doesNotContain(generations.get(120))
        .doesNotHaveDuplicates();
    assertThat(ports.records().ofObject("same.tar.gz.other", last)).hasSize(1);
  }

  private static void save(String object, long generation) throws Exception {
    Upload upload = upload(object, generation);
    DeploymentId id = new DeploymentId("site-" + generation);
    ports.records().save(DeploymentRecord.received(id, "site", upload, upload.timeCreated()), 0);
  }

  private static Upload upload(String object, long generation) {
    return new Upload(
        settings.buckets().uploads(),
        object,
        generation,
        Instant.EPOCH,
        1,
        "AAAAAA==",
        null,
        Map.of());
  }
}
