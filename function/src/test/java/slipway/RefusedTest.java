package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.artifact.ArtifactSource;
import slipway.fakes.FakeWorld;
import slipway.fault.Actor;
import slipway.fault.OperationFailed;
import slipway.fault.RefusalTable;
import slipway.fault.RefusalTable.Row;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Groups;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Targets;
import slipway.template.Templates;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

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

  /** One of these calls is refused for ever, from its first time on. */
  static Stream<Arguments> everyCall() {
    List<String> calls =
        List.of(
            "ArtifactSource.open",
            "ProvenStore.copy",
            "Images.insert",
            "Images.activate",
            "Images.deprecate",
            "Images.delete",
            "Templates.insert",
            "Templates.delete",
            "Groups.patch",
            "Groups.console");
    return calls.stream()
        .flatMap(call -> rows().map(row -> Arguments.of(call, row)))
        .flatMap(
            of ->
                Stream.of(Health.HEALTHY, Health.UNHEALTHY)
                    .map(health -> Arguments.of(of.get()[0], of.get()[1], health)));
  }

  @ParameterizedTest
  @MethodSource("everyCall")
  void endsWhateverCallIsRefused(String call, Row row, Health health) throws Exception {
    deliver(world.upload("site-1.tar.gz", SimulatedDisk.healthy("1")));
    world.group.newInstancesAre(health);
    Upload upload = world.upload("site-2.tar.gz", SimulatedDisk.healthy("2"));
    Refusing refusing = new Refusing(call, failure(row));

    DeploymentRecord record = atItsEnd(upload, refusing.around(world.ports()));

    assertThat(record.stage().isTerminal()).isTrue();
    assertThat(record.verdict().code()).isNotEmpty();
    if (record.stage() != Stage.DEPLOYED) {
      assertThat(record.verdict().nextStep()).isNotEmpty();
    } else {
      assertThat(health).isEqualTo(Health.HEALTHY);
    }
  }

  /** Refuses one call of a port. */
  private record Refusing(String call, OperationFailed failure) {
    Ports around(Ports ports) {
      return new Ports(
          port(ArtifactSource.class, ports.uploads()),
          port(ProvenStore.class, ports.proven()),
          ports.records(),
          ports.open(),
          ports.handoffs(),
          ports.orders(),
          port(Images.class, ports.images()),
          port(Templates.class, ports.templates()),
          port(Groups.class, ports.groups()),
          ports.monitoring(),
          ports.targets(),
          ports.consoles(),
          ports.takenOver());
    }

    private <T> T port(Class<T> type, T fake) {
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                if (call.equals(type.getSimpleName() + "." + method.getName())) {
                  throw failure;
                }
                try {
                  return method.invoke(fake, arguments);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              });
      return type.cast(proxy);
    }
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
    return atItsEnd(upload, world.ports());
  }

  private DeploymentRecord atItsEnd(Upload upload, Ports ports) throws Exception {
    for (int deliveries = 0; deliveries < 200; deliveries++) {
      try {
        Intakes.of(world, ports, SETTINGS, CALL).take(upload);
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
