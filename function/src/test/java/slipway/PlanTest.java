package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import slipway.deployment.Handoffs;
import slipway.deployment.Orders;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.prune.Takeover;
import slipway.record.DeploymentRecord;
import slipway.record.Plan;
import slipway.record.Stage;
import slipway.rollback.Consoles;
import slipway.rollout.Groups;
import slipway.rollout.Instance.Health;
import slipway.rollout.TargetStates;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.upload.Upload;
import tarballs.Kind;

/** An upload under {@code plan/} is proven and compared, and nothing is changed. */
class PlanTest {
  private static final Settings TWO_WAVES =
      new SiteTarget()
          .groups(FakeWorld.GROUP, FakeWorld.SECOND)
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(60)))
          .settings();
  private static final Set<String> READING =
      Set.of(
          "find",
          "architecture",
          "read",
          "instances",
          "active",
          "kinds",
          "url",
          "earlierHold",
          "open",
          "toString",
          "booting",
          "borrowed",
          "isBlocked",
          "of");

  private final FakeWorld world = new FakeWorld();

  @Test
  void tellsWhatWouldBeDoneAndChangesNothing() throws Exception {
    Upload upload = world.upload("plan/site-2.tar.gz", Kind.SPARSE);

    DeploymentRecord record = plan(upload);

    assertThat(record.stage()).isEqualTo(Stage.PLANNED);
    assertThat(record.target()).isEqualTo("site");
    assertThat(record.finishedAt()).isNotNull();
    assertThat(record.artifact()).isNotNull();
    assertThat(record.plan())
        .isEqualTo(
            new Plan(
                List.of(
                    Plan.Creation.image(
                        "gs://uploads/plan/site-2.tar.gz",
                        ImageSettings.NONE.with(List.of(), null)),
                    Plan.Creation.template(FakeWorld.FIRST),
                    Plan.Creation.template(FakeWorld.FIRST)),
                List.of(
                    new Plan.Change(
                        FakeWorld.GROUP.toString(),
                        1,
                        3,
                        true,
                        List.of("1"),
                        List.of(FakeWorld.FIRST)),
                    new Plan.Change(
                        FakeWorld.SECOND.toString(),
                        2,
                        3,
                        true,
                        List.of("1"),
                        List.of(FakeWorld.FIRST))),
                List.of(),
                List.of()));
    assertThat(record.verdict().code()).isEqualTo("planned");
    assertThat(record.verdict().message())
        .isEqualTo(
            "It would create 1 image and 2 templates, patch 2 groups"
                + " and prune 0 images or templates; nothing was changed.");
    assertThat(record.verdict().nextStep()).isEqualTo("gsutil cp site-2.tar.gz gs://uploads/");
    assertThat(world.events())
        .containsExactly(
            "upload.received", "artifact.proven", "deployment.planned", "deployment.finished");
    assertThat(world.log().get(3).get("severity").getAsString()).isEqualTo("NOTICE");
    assertThat(world.log().get(3).get("outcome").getAsString()).isEqualTo("planned");
  }

  @Test
  void theEventThatComesAgainChangesNothingEither() throws Exception {
    Upload upload = world.upload("plan/site-2.tar.gz", Kind.SPARSE);
    plan(upload);

    plan(upload);

    assertThat(world.events()).containsOnlyOnce("deployment.planned", "deployment.finished");
  }

  @Test
  void aPlanTakesNothingFromADeploymentThatIsUnderWay() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, world.ports(), Duration.ofSeconds(70));
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);

    Plan plan = Objects.requireNonNull(plan(world.upload("plan/site-3.tar.gz", Kind.PLAIN)).plan());
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last(), world.ports(), Duration.ofSeconds(540));
    }

    assertThat(plan.patch().get(0).from())
        .contains(world.records.record(upload).groups().get(0).newTemplate());
    assertThat(plan.create().get(1)).isEqualTo(Plan.Creation.template(FakeWorld.FIRST));
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void tellsWhatStandsInTheWay() throws Exception {
    world.orders.hold("site", true);
    world.templates.put(
        new TemplatePath("projects/demo/global/instanceTemplates/by-hand"),
        """
        {"name": "by-hand", "properties": {"disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/by-hand"}}]}}
        """);
    world.second.tell(new TemplatePath("projects/demo/global/instanceTemplates/by-hand"));

    DeploymentRecord record = plan(world.upload("plan/site-2.tar.gz", Kind.SPARSE));

    assertThat(record.stage()).isEqualTo(Stage.PLANNED);
    assertThat(Objects.requireNonNull(record.plan()).obstacles())
        .containsExactly(
            "site is on hold by gs://private/orders/site/hold.",
            "site-group-b holds projects/demo/global/instanceTemplates/by-hand,"
                + " which Slipway did not deploy.");
    assertThat(record.verdict().message()).contains("As things stand: site is on hold");
  }

  @Test
  void isRefusedForWhatTheDeploymentWouldBe() throws Exception {
    DeploymentRecord bad = plan(world.upload("plan/site-2.tar.gz", Kind.OTHER_NAME));
    assertThat(bad.stage()).isEqualTo(Stage.REJECTED);
    assertThat(bad.verdict().nextStep()).endsWith("gsutil cp site-2.tar.gz gs://uploads/plan/");

    DeploymentRecord stray = plan(world.upload("plan/stie-2.tar.gz", Kind.SPARSE));
    assertThat(stray.verdict().code()).isEqualTo("no-target");
    assertThat(stray.verdict().nextStep()).endsWith(" gs://uploads/plan/");

    world.group.uncheck();
    DeploymentRecord policy = plan(world.upload("plan/site-3.tar.gz", Kind.SPARSE));
    assertThat(policy.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(policy.verdict().code()).isEqualTo("policy");
  }

  @Test
  void tellsThatTheTemplatesBootDiskIsTooSmall() throws Exception {
    world.templates.put(
        FakeWorld.FIRST,
        """
        {"name": "first", "properties": {"disks": [
          {"boot": true, "initializeParams": {"sourceImage": "old", "diskSizeGb": "4"}}]}}
        """);

    DeploymentRecord small = plan(world.upload("plan/site-2.tar.gz", Kind.SPARSE_10_GIB));

    assertThat(small.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(small.verdict().code()).isEqualTo("disk-too-small");
    assertThat(small.verdict().message())
        .contains("expected at least 10, as the uploaded disk has, found 4");
  }

  /** A canary of one fails twice. */
  private void failAgain() {
    world.groups.tick();
    boolean booting = world.time.instant().getEpochSecond() / 8 % 2 == 0;
    world.group.templates().stream()
        .filter(template -> !template.equals(FakeWorld.FIRST))
        .forEach(
            template -> world.group.becomes(template, booting ? Health.UNKNOWN : Health.UNHEALTHY));
  }

  @Test
  void aHeldTarballStaysHeldWhateverAPlanSays() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(this::failAgain);
    deliverToItsEnd(world.upload("site-2.tar.gz", Kind.SPARSE));
    world.group.newInstancesAre(Health.HEALTHY);
    world.time.afterSleep(world.groups::tick);

    DeploymentRecord refused = plan(world.upload("plan/site-3.tar.gz", Kind.SPARSE));
    assertThat(refused.verdict().code()).isEqualTo("held");
    assertThat(refused.verdict().nextStep())
        .endsWith("gsutil -h x-goog-meta-retry:true cp site-3.tar.gz gs://uploads/plan/");

    DeploymentRecord insisting =
        plan(world.upload("plan/site-4.tar.gz", Kind.SPARSE, Map.of("retry", "true")));
    assertThat(insisting.stage()).isEqualTo(Stage.PLANNED);
    assertThat(insisting.verdict().nextStep())
        .endsWith("gsutil -h x-goog-meta-retry:true cp site-4.tar.gz gs://uploads/");
    Upload again = world.upload("site-5.tar.gz", Kind.SPARSE);
    deliverToItsEnd(again);
    assertThat(world.records.record(again).verdict().code()).isEqualTo("held");
  }

  private void deliverToItsEnd(Upload upload) throws Exception {
    deliver(upload, world.ports(), Duration.ofSeconds(540));
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last(), world.ports(), Duration.ofSeconds(540));
    }
  }

  private DeploymentRecord plan(Upload upload) throws Exception {
    Ports world = this.world.ports();
    Ports reading =
        new Ports(
            world.uploads(),
            reading(ProvenStore.class, world.proven()),
            world.records(),
            world.open(),
            reading(Handoffs.class, world.handoffs()),
            reading(Orders.class, world.orders()),
            reading(Images.class, world.images()),
            reading(Templates.class, world.templates()),
            reading(Groups.class, world.groups()),
            world.monitoring(),
            reading(TargetStates.class, world.targets()),
            reading(Consoles.Store.class, world.consoles()),
            reading(Takeover.Cursor.class, world.takenOver()));
    deliver(upload, reading, Duration.ofSeconds(540));
    return this.world.records.record(upload);
  }

  /** The port, which fails the test at whatever is not plainly a reading call. */
  private static <T> T reading(Class<T> port, T fake) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              assertThat(READING).as(port.getSimpleName()).contains(method.getName());
              try {
                return method.invoke(fake, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
    return port.cast(proxy);
  }

  private void deliver(Upload event, Ports ports, Duration call) throws Exception {
    Intakes.of(world, ports, TWO_WAVES, call).take(event);
  }

  private static Settings settings(Target target) {
    return FakeWorld.settings(new Targets(List.of(target)));
  }
}
