package slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.OpenMarkers;
import slipway.record.RecordJson;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.TargetState;
import slipway.rollout.Version;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.upload.Upload;
import tarballs.Kind;

/**
 * A deployment that version 0.1 began, and left at any of its stages, is finished by this one: what
 * it wrote into the records and the private bucket was recorded, for one good deployment of two
 * waves and for one whose second wave was bad.
 */
class EarlierRecordsTest {
  private static final Settings SETTINGS =
      new SiteTarget()
          .groups(FakeWorld.GROUP, FakeWorld.SECOND)
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(20)))
          .settings();

  static Stream<Left> good() throws IOException {
    return left("good");
  }

  static Stream<Left> bad() throws IOException {
    return left("bad");
  }

  @ParameterizedTest
  @MethodSource
  void good(Left left) throws Exception {
    FakeWorld world = new FakeWorld();

    assertThat(finished(world, left).stage()).isEqualTo(Stage.DEPLOYED);

    assertThat(world.group.templates()).doesNotContain(FakeWorld.FIRST);
    assertThat(world.second.templates()).doesNotContain(FakeWorld.FIRST);
  }

  @ParameterizedTest
  @MethodSource
  void bad(Left left) throws Exception {
    FakeWorld world = new FakeWorld();
    world.second.newInstancesAre(Health.UNHEALTHY);

    assertThat(finished(world, left).stage()).isEqualTo(Stage.ROLLED_BACK);

    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.second.templates()).containsOnly(FakeWorld.FIRST);
  }

  @ParameterizedTest
  @MethodSource("good")
  void whoseEventsAreLostGoesOnOnceTheRecordsWereTakenOver(Left left) throws Exception {
    FakeWorld world = new FakeWorld();
    Upload upload = put(world, left);
    world.own.takeOver();

    sweep(world);
    assertThat(world.own.all())
        .extracting(OpenMarkers.Marker::object)
        .containsExactly(upload.object());
    world.time.sleep(Duration.ofMinutes(10));
    sweep(world);
    Intakes.of(world, SETTINGS, Duration.ofHours(1)).take(world.handoffs.last());

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(upload).isOpen()).isFalse();
    assertThat(world.own.all()).isEmpty();
    assertThat(world.own.find("site").state().known()).hasSize(1);
  }

  private static void sweep(FakeWorld world) throws Exception {
    Intakes.of(world, SETTINGS, Duration.ofMinutes(9)).take(world.sweep());
  }

  private static Upload put(FakeWorld world, Left left) {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    String json = left.record().toString();
    world.records.put(upload, json);
    if (left.target().isJsonObject()) {
      world.own.put("site", left.target().toString());
    }
    restore(world, RecordJson.read(json));
    return upload;
  }

  private static DeploymentRecord finished(FakeWorld world, Left left) throws Exception {
    Upload upload = put(world, left);

    Intakes.of(world, SETTINGS, Duration.ofHours(1)).take(upload);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.isOpen()).isFalse();
    assertThat(world.told("deployment.finished")).hasSize(1);
    String after = world.records.json(upload).orElseThrow();
    assertHolds(JsonParser.parseString(after).getAsJsonObject(), left.record());
    return record;
  }

  /** Compute, and the time, as they were when the other version was stopped. */
  private static void restore(FakeWorld world, DeploymentRecord record) {
    Instant later = Objects.requireNonNull(record.lease()).until().plusSeconds(1);
    world.time.sleep(Duration.between(world.time.instant(), later));
    if (record.image() != null) {
      ImageName name = record.image().name();
      String url = "projects/demo/global/images/" + name;
      world.images.put(
          new Images.Facts(
              name, url, Images.Status.READY, Map.of(), Instant.EPOCH, null, ImageSettings.NONE));
    }
    TargetState state = world.own.find("site").state();
    restore(world.group, state);
    restore(world.second, state);
    for (GroupState group : record.groups()) {
      world.templates.put(group.newTemplate(), "{\"properties\": {}}");
    }
    for (int i = 0; i < 6; i++) {
      world.groups.tick();
    }
  }

  private static void restore(FakeGroup group, TargetState state) {
    TargetState.GroupHistory history = state.groups().get(group.path().toString());
    if (history != null) {
      List<Version> latest = history.written().get(history.written().size() - 1);
      group.tell(latest);
    }
  }

  /** No key of the other version's is lost. */
  private static void assertHolds(JsonObject json, JsonObject earlier) {
    assertThat(json.keySet()).containsAll(earlier.keySet());
    earlier
        .asMap()
        .forEach(
            (key, value) -> {
              if (value instanceof JsonObject object && json.get(key) instanceof JsonObject other) {
                assertHolds(other, object);
              }
            });
  }

  private static Stream<Left> left(String story) throws IOException {
    String file = "/records-of-0.1/" + story + ".json";
    try (InputStream in = EarlierRecordsTest.class.getResourceAsStream(file)) {
      String json = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return JsonParser.parseString(json).getAsJsonArray().asList().stream()
          .map(JsonElement::getAsJsonObject)
          .map(one -> new Left(one.getAsJsonObject("record"), one.get("target")));
    }
  }

  /**
   * What the other version left.
   *
   * @param record the deployment's record
   * @param target the target's state, JSON's null if there was none yet
   */
  record Left(JsonObject record, JsonElement target) {
    @Override
    public String toString() {
      List<String> groups =
          record.getAsJsonArray("groups").asList().stream()
              .map(group -> group.getAsJsonObject().get("state").getAsString())
              .toList();
      return record.get("stage").getAsString() + " " + groups;
    }
  }
}
