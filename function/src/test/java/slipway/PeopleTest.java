package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.artifact.Sha256;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.image.ImageName;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.upload.Upload;
import tarballs.Kind;

/** Orders that nobody can follow get an answer; one to go back makes a deployment. */
class PeopleTest {
  private static final Settings SETTINGS = new SiteTarget().settings();
  private static final Settings WAITS =
      new SiteTarget()
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(20)))
          .approvedWithin(Duration.ofHours(1))
          .settings();

  private final FakeWorld world = new FakeWorld();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sitee/abort       |   | expected orders/<target>/<order> with one of the targets site; found sitee",
        "sitee/hold        |   | expected orders/<target>/<order> with one of the targets site; found sitee",
        "abort             |   | expected orders/<target>/<order> with one of the targets site; found",
        "site/aprove       |   | expected one of the orders hold, approval, abort, roll-back; found aprove",
        "site/abort/now    |   | expected one of the orders hold, approval, abort, roll-back; found abort/now",
        "site/abort        |   | no deployment of site is under way that does not go back already",
        "site/abort        | x | no deployment of site is under way that does not go back already",
        "site/approval     | x | no deployment of site waits for approval; write it again once",
        "site/roll-back    |   | no earlier version of site served well; those that did: none",
        "site/roll-back    | x | expected nothing, or the id of a deployment that served well, of none; found x",
      })
  void whatNobodyCanFollowIsAnsweredOnceAndLeftAsItIs(String name, String content, String answer)
      throws Exception {
    world.orders.put(name, content == null ? "" : content);

    sweep(SETTINGS);
    sweep(SETTINGS);

    assertThat(world.orders.answer(name).orElseThrow()).startsWith("refused: " + answer);
    assertThat(world.events()).containsOnlyOnce("order.refused");
    assertThat(world.log().get(0).get("severity").getAsString()).isEqualTo("WARNING");
    world.orders.put(name, content == null ? "" : content);
    sweep(SETTINGS);
    assertThat(world.events()).filteredOn("order.refused"::equals).hasSize(2);
  }

  @Test
  void anApprovalOfSomethingElseIsToldWhatWaits() throws Exception {
    Upload upload = upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, WAITS);
    world.orders.put("site/approval", "yes");
    sweep(WAITS);

    assertThat(world.orders.answer("site/approval"))
        .contains("refused: expected the digest that waits, " + digest(upload) + "; found yes");
    world.orders.put("site/approval", digest(upload));
    sweep(WAITS);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    sweep(WAITS);
    assertThat(world.orders.answer("site/approval").orElseThrow()).endsWith(" goes on.");
  }

  @Test
  void anApprovalFromBeforeTheWaitIsToldSo() throws Exception {
    Upload upload = upload("site-2.tar.gz", Kind.SPARSE);
    world.orders.put("site/approval", Sha256.ofHex("ab".repeat(32)).hex());
    deliver(upload, WAITS);
    world.orders.remove("site/approval");
    world.orders.putBefore("site/approval", digest(upload), Duration.ofHours(1));
    sweep(WAITS);

    assertThat(world.orders.answer("site/approval"))
        .contains("refused: it is older than the wait; write it again");
  }

  @Test
  void anAbortOfSomethingElseIsToldWhatIsUnderWay() throws Exception {
    Upload upload = upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, WAITS);
    world.orders.put("site/abort", "site-1");
    sweep(WAITS);

    assertThat(world.orders.answer("site/abort"))
        .contains(
            "refused: expected nothing, or the id of what is under way, "
                + world.records.record(upload).id()
                + "; found site-1");
  }

  @Test
  void withoutContentTheLastGoodOneBeforeThisIsDeployedAgain() throws Exception {
    DeploymentRecord first = deployed("site-1.tar.gz", Kind.SPARSE);
    deployed("site-2.tar.gz", Kind.GPT);

    DeploymentRecord back = rollBack("");

    assertThat(back.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(image(back)).isEqualTo(image(first));
    assertThat(back.image()).isEqualTo(new DeploymentRecord.MadeImage(image(first), true));
    assertThat(back.upload().object()).isEqualTo("orders/site/roll-back");
    assertThat(back.upload().metadata()).containsEntry("roll-back", first.id());
    assertThat(world.images.active("site"))
        .singleElement()
        .satisfies(image -> assertThat(image.name()).isEqualTo(image(first)));
    assertThat(world.group.templates()).containsOnly(back.groups().get(0).newTemplate());
    assertThat(world.orders.answer("site/roll-back"))
        .contains(
            back.id()
                + " goes back to "
                + first.id()
                + ", which "
                + first.id()
                + " deployed; its record is gs://records/deployments/orders/site/roll-back/"
                + back.upload().generation()
                + ".json");
    assertThat(world.events()).containsOnlyOnce("order.taken");
  }

  @Test
  void twiceInARowGoesBackTwice() throws Exception {
    DeploymentRecord first = deployed("site-1.tar.gz", Kind.SPARSE);
    DeploymentRecord second = deployed("site-2.tar.gz", Kind.GPT);
    deployed("site-3.tar.gz", Kind.PLAIN);

    assertThat(image(rollBack(""))).isEqualTo(image(second));
    assertThat(image(rollBack(""))).isEqualTo(image(first));
    world.orders.put("site/roll-back", "");
    sweep(SETTINGS);
    assertThat(world.orders.answer("site/roll-back").orElseThrow())
        .startsWith("refused: no earlier version of site served well");
  }

  @Test
  void withADeploymentsIdThatOneIsDeployedAgain() throws Exception {
    DeploymentRecord first = deployed("site-1.tar.gz", Kind.SPARSE);
    deployed("site-2.tar.gz", Kind.GPT);
    deployed("site-3.tar.gz", Kind.PLAIN);

    assertThat(image(rollBack(first.id() + "\n"))).isEqualTo(image(first));
  }

  @Test
  void whatIsUnderWayIsOvertaken() throws Exception {
    DeploymentRecord first = deployed("site-1.tar.gz", Kind.SPARSE);
    Upload waits = upload("site-2.tar.gz", Kind.GPT);
    deliver(waits, WAITS);
    assertThat(world.records.record(waits).isPatched()).isTrue();

    world.orders.put("site/roll-back", "");
    sweep(WAITS);
    sweep(WAITS);

    assertThat(world.records.record(waits).stage()).isEqualTo(Stage.SUPERSEDED);
    DeploymentRecord back = world.records.record(rollBackUpload());
    assertThat(back.stage())
        .as("without an approval: a person ordered it")
        .isEqualTo(Stage.DEPLOYED);
    assertThat(image(back)).isEqualTo(image(first));
  }

  @Test
  void whatDoesNotServeAnyMoreGoesBackLikeAnyOther() throws Exception {
    deployed("site-1.tar.gz", Kind.SPARSE);
    DeploymentRecord second = deployed("site-2.tar.gz", Kind.GPT);
    world.group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord back = rollBack("");

    assertThat(back.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.group.templates()).containsOnly(second.groups().get(0).newTemplate());
  }

  @Test
  void anImageThatIsGoneIsTold() throws Exception {
    DeploymentRecord first = deployed("site-1.tar.gz", Kind.SPARSE);
    deployed("site-2.tar.gz", Kind.GPT);
    world.images.delete(image(first));
    world.orders.put("site/roll-back", "");

    sweep(SETTINGS);

    assertThat(world.orders.answer("site/roll-back").orElseThrow())
        .startsWith("refused: image " + image(first) + ": expected that it is there, found none");
  }

  @Test
  void ordersThatCannotBeReadKeepNobodyFromGoingOn() throws Exception {
    Upload upload = upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, WAITS);
    world.orders.put("site/approval", digest(upload));
    world.time.sleep(Duration.ofMinutes(1));
    world.orders.failToList();

    assertThatThrownBy(() -> deliver(world.sweep(), WAITS)).hasMessage("503");

    deliver(world.handoffs.last(), WAITS);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aSweepThatComesTwiceBeginsOneDeployment() throws Exception {
    deployed("site-1.tar.gz", Kind.SPARSE);
    deployed("site-2.tar.gz", Kind.GPT);
    world.orders.put("site/roll-back", "");
    Upload sweep = world.sweep();
    deliver(sweep, SETTINGS);
    world.orders.forgetAnswer("site/roll-back");
    deliver(sweep, SETTINGS);
    for (Upload note : List.copyOf(world.handoffs.events())) {
      deliver(note, SETTINGS);
      deliver(note, SETTINGS);
    }

    assertThat(world.records.record(rollBackUpload()).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.told("upload.received")).hasSize(3);
    assertThat(world.told("deployment.finished")).hasSize(3);
  }

  private DeploymentRecord deployed(String object, Kind kind) throws Exception {
    Upload upload = upload(object, kind);
    deliver(upload, SETTINGS);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    return world.records.record(upload);
  }

  private DeploymentRecord rollBack(String content) throws Exception {
    world.orders.put("site/roll-back", content);
    sweep(SETTINGS);
    return world.records.record(rollBackUpload());
  }

  private Upload rollBackUpload() {
    return new Upload(
        "private",
        "orders/site/roll-back",
        world.orders.generation("site/roll-back"),
        world.time.instant(),
        0,
        "",
        null,
        Map.of());
  }

  private Upload upload(String object, Kind kind) {
    return world.upload(object, kind);
  }

  private static ImageName image(DeploymentRecord record) {
    return Objects.requireNonNull(record.image()).name();
  }

  private String digest(Upload upload) {
    return Objects.requireNonNull(world.records.record(upload).artifact()).sha256().hex();
  }

  private void sweep(Settings settings) throws Exception {
    world.time.sleep(Duration.ofMinutes(1));
    int before = world.handoffs.events().size();
    deliver(world.sweep(), settings);
    for (int i = before; i < world.handoffs.events().size(); i++) {
      deliver(world.handoffs.events().get(i), settings);
    }
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(event);
  }
}
