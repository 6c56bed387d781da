package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import slipway.deployment.Orders.Kind;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.gcp.Ports;
import slipway.record.DeploymentRecord;
import slipway.record.OpenMarkers;
import slipway.record.RecordJson;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.TargetState;
import slipway.settings.Settings;
import slipway.upload.Upload;
import tarballs.SimulatedDisk;

/**
 * A project of the version before: it knew what there is by its records, and its states say nothing
 * of it. The first sweeps read them, wherever one of them dies or comes to its end.
 */
class TakeoverTest {
  private static final Settings SETTINGS = new SiteTarget().keep(2).settings();

  private final FakeWorld world = new FakeWorld();
  private final List<DeploymentRecord> earlier = new ArrayList<>();
  private final Upload open;

  /** Leaves all as the version before did. */
  TakeoverTest() throws Exception {
    for (int i = 0; i < 5; i++) {
      world.group.newInstancesAre(i == 2 ? Health.UNHEALTHY : Health.HEALTHY);
      earlier.add(deploy("site-" + i + ".tar.gz", Integer.toString(i)));
    }
    earlier.add(deploy("site-1-again.tar.gz", "1"));
    open = world.upload("site-9.tar.gz", SimulatedDisk.healthy("9"));
    deliver(open, Duration.ofSeconds(61));
    TargetState now = world.own.find("site").state();
    TargetState before =
        new TargetState(
            1,
            now.owner(),
            now.good(),
            now.groups(),
            List.of(Objects.requireNonNull(earlier.get(2).artifact()).sha256()),
            null);
    world.own.put("site", RecordJson.write(before));
    world.orders.holdAsBefore("api");
    world.own.takeOver();
  }

  @Test
  void allThatIsThereIsKnownAfterwards() throws Exception {
    sweep(world.ports(), Duration.ofSeconds(540));

    requireAllKnown();
    assertThat(world.own.find().done()).isTrue();
  }

  @Test
  void whereverASweepDiesTheNextOneGoesOn() throws Exception {
    int calls = new TakeoverTest().dyingAt(Integer.MAX_VALUE, false);
    assertThat(calls).isGreaterThan(20);
    for (int at = 1; at <= calls; at++) {
      new TakeoverTest().dyingAt(at, false);
      new TakeoverTest().dyingAt(at, true);
    }
    System.out.println("takeover: " + 2 * calls + " crashes, and all is known afterwards");
  }

  private int dyingAt(int at, boolean afterEffect) throws Exception {
    Dying dying = new Dying(at, afterEffect);
    for (int sweeps = 0; sweeps < 2; sweeps++) {
      try {
        sweep(dying.around(world.ports()), Duration.ofSeconds(540));
      } catch (Dying.Crash again) {
        assertThat(again).isNotNull();
      }
    }
    requireAllKnown();
    assertThat(world.own.find().done()).isTrue();
    return dying.calls();
  }

  @Test
  void aSweepThatHasNoTimeLeftReadsNothingMore() throws Exception {
    sweep(world.ports(), Duration.ofSeconds(60));

    assertThat(world.own.find().done()).isFalse();
    assertThat(world.own.find("site").state().isComplete()).isFalse();
  }

  @Test
  void whileNotAllIsKnownADeploymentDoesItsWorkAndPrunesNothing() throws Exception {
    world.time.sleep(Duration.ofHours(25));

    DeploymentRecord meanwhile = deploy("site-a.tar.gz", "a");

    assertThat(meanwhile.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events().subList(world.events().size() - 1, world.events().size()))
        .containsExactly("deployment.finished");
    sweep(world.ports(), Duration.ofSeconds(540));
    requireAllKnown();
  }

  @Test
  void afterwardsTheOldBytesComeBackAndWhatIsTooMuchGoes() throws Exception {
    sweep(world.ports(), Duration.ofSeconds(540));
    deliver(world.handoffs.last(), SETTINGS.call());
    assertThat(world.records.record(open).isOpen()).isFalse();
    world.time.sleep(Duration.ofHours(25));

    DeploymentRecord back = deploy("site-1-once-more.tar.gz", "1");
    assertThat(Objects.requireNonNull(back.image()).reused()).isTrue();
    world.time.sleep(Duration.ofHours(25));
    DeploymentRecord last = deploy("site-b.tar.gz", "b");
    world.time.sleep(Duration.ofHours(25));
    deploy("site-c.tar.gz", "c");

    assertThat(world.images.names())
        .contains(last.id())
        .doesNotContain(earlier.get(0).id(), earlier.get(2).id(), earlier.get(3).id());
    assertThat(world.events()).doesNotContain("prune.failed");
    Upload bad = world.upload("site-2-again.tar.gz", SimulatedDisk.healthy("2"));
    deliver(bad, SETTINGS.call());
    assertThat(world.records.record(bad).verdict().code()).isEqualTo("held");
  }

  private void requireAllKnown() {
    TargetState state = world.own.find("site").state();
    assertThat(state.isComplete()).isTrue();
    assertThat(state.known())
        .extracting(made -> made.image().value())
        .containsAll(
            world.images.names().stream()
                .filter(name -> !name.equals(world.records.record(open).id()))
                .toList());
    assertThat(state.known())
        .flatExtracting(made -> made.templates())
        .containsAll(
            world.templates.paths().stream()
                .filter(path -> !path.equals(FakeWorld.FIRST))
                .filter(path -> !path.value().contains(world.records.record(open).id()))
                .toList());
    assertThat(state.known()).filteredOn(made -> made.isGood()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(world.own.blocked()).hasSize(1);
    assertThat(state.blocked()).isEmpty();
    assertThat(world.orders.kinds("api")).containsExactly(Kind.HOLD);
    assertThat(world.orders.earlierHold("api")).isEmpty();
    assertThat(world.own.all())
        .extracting(OpenMarkers.Marker::deployment)
        .containsExactly(world.records.record(open).id());
  }

  private void sweep(Ports ports, Duration call) throws Exception {
    Intakes.of(world, ports, SETTINGS, call).take(world.sweep());
  }

  private DeploymentRecord deploy(String object, String version) throws Exception {
    Upload upload = world.upload(object, SimulatedDisk.healthy(version));
    deliver(upload, Duration.ofHours(1));
    return world.records.record(upload);
  }

  private void deliver(Upload event, Duration call) throws Exception {
    Intakes.of(world, SETTINGS, call).take(event);
  }
}
