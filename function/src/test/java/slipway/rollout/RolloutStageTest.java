package slipway.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeGroups;
import slipway.fault.Misconfigured;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.time.CallTime;
import slipway.time.ManualTime;

class RolloutStageTest {
  private static final GroupPath PATH = new GroupPath("demo", "zones/us-west1-a", "site-group");
  private static final Size ONE = new Size(1, false);
  private static final Size NONE = new Size(0, false);
  private static final TemplatePath FIRST =
      new TemplatePath("projects/demo/global/instanceTemplates/site-1");

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final FakeGroup group = new FakeGroup(PATH, 3, FIRST);
  private final RolloutStage stage = stage(group);

  @Test
  void wantsAGroupThatExists() {
    group.delete();

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(PATH.toString());
  }

  @Test
  void wantsAHealthCheckUnlessToldOtherwise() {
    group.uncheck();

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("autohealing health check");
    assertThatCode(() -> stage.inspect(target(ONE, NONE, true))).doesNotThrowAnyException();
  }

  @Test
  void wantsNoSurgeInAGroupThatRecreates() {
    group.recreate();

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("RECREATE");
    assertThatCode(() -> stage.inspect(target(NONE, ONE, false))).doesNotThrowAnyException();
  }

  @Test
  void wantsTenInstancesForAPercentage() {
    Size share = new Size(20, true);

    assertThatThrownBy(() -> stage.inspect(target(share, share, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("maxSurge of site-group")
        .hasMessageContaining("maxUnavailable of site-group")
        .hasMessageContaining("20% of 3");
    RolloutStage ofTen = stage(new FakeGroup(PATH, 10, FIRST));
    assertThatCode(() -> ofTen.inspect(target(share, share, false))).doesNotThrowAnyException();
  }

  @Test
  void wantsFixedBoundsOfARegionalGroupToCoverItsZones() {
    GroupPath path = new GroupPath("demo", "regions/us-west1", "site-group");
    RolloutStage regional = stage(new FakeGroup(path, 30, FIRST));
    Size three = new Size(3, false);

    assertThatThrownBy(() -> regional.inspect(target(path, ONE, three, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("maxSurge of site-group")
        .hasMessageContaining("0, or at least 3, the number of the group's zones, found 1.");
    assertThatThrownBy(() -> regional.inspect(target(path, three, new Size(2, false), false)))
        .hasMessageContaining("maxUnavailable of site-group");
    assertThatCode(() -> regional.inspect(target(path, three, NONE, false)))
        .doesNotThrowAnyException();
    assertThatCode(() -> regional.inspect(target(path, new Size(10, true), NONE, false)))
        .doesNotThrowAnyException();
  }

  @Test
  void wantsNoStateThatTheReplacedInstancesWouldLose() {
    group.keepState();

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("site-group: expected a group without stateful policy");
  }

  @Test
  void takesAGroupWithoutInstances() {
    RolloutStage ofNone = stage(new FakeGroup(PATH, 0, FIRST));

    assertThatCode(() -> ofNone.inspect(target(ONE, NONE, false))).doesNotThrowAnyException();
  }

  @Test
  void wantsNoBootDiskBesideTheTemplates() {
    group.set(new Group.Policies(true, Duration.ZERO, false, false, false, true));

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("site-group: expected an instance flexibility policy that names no");
  }

  @Test
  void wantsMoreTimeThanTheInitialDelay() {
    Duration delay = Duration.ofSeconds(1200);
    group.set(new Group.Policies(true, delay, false, false, false, false));

    assertThatThrownBy(() -> stage.inspect(target(ONE, NONE, false)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("totalDeadlineSeconds of site: expected more than 1200")
        .hasMessageContaining("found 60");
  }

  @Test
  void aLookThatFailsIsLookedAgain() throws Exception {
    group.lose(new IllegalStateException("403"));
    time.afterSleep(() -> group.lose(null));

    assertThat(stage.read(PATH).path()).isEqualTo(PATH);
  }

  private RolloutStage stage(FakeGroup group) {
    return new RolloutStage(new FakeGroups(group), new CallTime(time, time, Duration.ofMinutes(9)));
  }

  private static Target target(Size surge, Size unavailable, boolean unchecked) {
    return target(PATH, surge, unavailable, unchecked);
  }

  private static Target target(GroupPath path, Size surge, Size unavailable, boolean unchecked) {
    Duration minute = Duration.ofMinutes(1);
    return new Target(
        "site",
        "site-",
        List.of(path),
        new Target.Rolling(surge, unavailable),
        List.of(),
        Target.Approval.NONE,
        new Target.Deadlines(minute, minute, minute),
        10,
        5,
        List.of(),
        null,
        List.of(),
        unchecked,
        ImageSettings.NONE);
  }
}
