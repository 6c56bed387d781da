package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.fakes.FakeWorld;
import slipway.fault.Actor;
import slipway.fault.OperationFailed;
import slipway.fault.RefusalTable;
import slipway.fault.RefusalTable.Row;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Targets;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import tarballs.Kind;

/** Whatever Google refuses, the deployment ends, and its record has Google's sentence. */
class RefusedTest {
  private static final Duration CALL = Duration.ofSeconds(540);
  private static final Settings SETTINGS = FakeWorld.settings(new Targets(List.of(FakeWorld.SITE)));
  private static final String SENTENCE = "Constraint constraints/gcp.resourceLocations violated.";

  private final FakeWorld world = new FakeWorld();

  static Stream<Row> rows() {
    return RefusalTable.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsForTheImage(Row row) throws Exception {
    world.images.refuse(failure(row));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = atItsEnd(upload);

    boolean uploaders = row.actor() == Actor.UPLOADER;
    assertThat(record.stage()).isEqualTo(uploaders ? Stage.REJECTED : Stage.MISCONFIGURED);
    assertThat(record.verdict().message()).contains(SENTENCE);
    assertThat(record.verdict().nextStep()).isNotEmpty();
    assertThat(record.verdict().code())
        .isEqualTo(
            row.actor() == Actor.RETRY
                ? "stuck"
                : row.code() == null ? "request-refused" : row.code());
    assertThat(world.group.patches()).isEmpty();
    assertThat(world.buckets.copies()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsForTheTemplate(Row row) throws Exception {
    world.templates.refuse(failure(row));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = atItsEnd(upload);

    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().message()).contains(SENTENCE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsForThePatch(Row row) throws Exception {
    world.group.refuse(failure(row));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = atItsEnd(upload);

    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().message()).contains(SENTENCE);
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsForThePatchThatGoesBack(Row row) throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    world.group.afterNextPatch(() -> world.group.refuse(failure(row)));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = atItsEnd(upload);

    assertThat(record.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(record.verdict().message()).contains(SENTENCE);
    assertThat(record.verdict().nextStep()).contains("start-update site-group");
  }

  @Test
  void theTableStandsInThePageOfTheFunction() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains(RefusalTable.markdown());
  }

  @Test
  void aCopyThatMayNotBeDeletedStopsNothing() throws Exception {
    world.buckets.retainCopies();
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deliver(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).contains("copy.kept");
  }

  @Test
  void whatFailsForADayEndsThoughEachSweepWritesANewNote() throws Exception {
    world.group.refuse(new OperationFailed("backendError", SENTENCE, 503));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    assertThatThrownBy(() -> deliver(upload)).hasMessage(SENTENCE);
    world.time.sleep(Duration.ofHours(23));
    assertThatThrownBy(() -> deliver(upload)).hasMessage(SENTENCE);
    assertThat(world.records.record(upload).isOpen()).isTrue();

    world.time.sleep(Duration.ofHours(1));
    deliver(upload);

    assertThat(world.records.record(upload).verdict().code()).isEqualTo("stuck");
  }

  @Test
  void bytesThatServedUnderTheirNameAreNoOrderWhenTheyAreWrittenAgain() throws Exception {
    deliver(world.upload("site-2.tar.gz", Kind.SPARSE));
    deliver(world.upload("site-3.tar.gz", Kind.GPT));
    Upload rewritten = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(rewritten);

    DeploymentRecord record = world.records.record(rewritten);
    assertThat(record.stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record.verdict().code()).isEqualTo("rewritten");
    assertThat(record.verdict().nextStep()).contains("under a new name", "retry=true");
    assertThat(world.log().get(world.log().size() - 1).get("severity").getAsString())
        .isEqualTo("NOTICE");

    Upload insisted = world.upload("site-2.tar.gz", Kind.SPARSE, Map.of("retry", "true"));
    deliver(insisted);
    assertThat(world.records.record(insisted).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aNoteThatSomebodyWroteBeforeItsTurnKeepsNobodyWaiting() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    assertThatThrownBy(() -> refusedOnce(upload)).isInstanceOf(IOException.class);
    String id = world.records.record(upload).id();
    Upload forged = world.handoffs.forge(new Handoff(id, 1, upload.object(), upload.generation()));
    deliver(forged);

    Intakes.of(world, SETTINGS, Duration.ofSeconds(66)).take(upload);

    assertThat(world.records.record(upload).n()).isEqualTo(1);
    assertThat(world.handoffs.events()).hasSize(2);
    deliver(world.handoffs.last());
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  private void refusedOnce(Upload upload) throws Exception {
    world.images.refuse(new OperationFailed("backendError", "later", 503));
    try {
      deliver(upload);
    } finally {
      world.images.refuse(null);
    }
  }

  private static OperationFailed failure(Row row) {
    if (row.kind().equals("status")) {
      String digits = row.answer().replaceAll("[^0-9]", "");
      int status =
          digits.length() == 3
              ? Integer.parseInt(digits)
              : row.answer().contains("4xx") ? 418 : 503;
      return new OperationFailed("somethingNew", SENTENCE, status);
    }
    return new OperationFailed(row.answer(), SENTENCE);
  }

  /** The event comes again every quarter of an hour. */
  private DeploymentRecord atItsEnd(Upload upload) throws Exception {
    for (int deliveries = 0; deliveries < 200; deliveries++) {
      try {
        deliver(upload);
      } catch (IOException comesAgain) {
        world.time.sleep(Duration.ofMinutes(15));
      }
      DeploymentRecord record = world.records.record(upload);
      if (!record.isOpen()) {
        return record;
      }
    }
    throw new AssertionError("no end: " + world.records.record(upload));
  }

  private void deliver(Upload upload) throws Exception {
    Intakes.of(world, SETTINGS, CALL).take(upload);
  }
}
