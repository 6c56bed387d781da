package slipway.verdict;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.alarm.Alert;
import slipway.alarm.Monitoring;
import slipway.fault.Misconfigured;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Groups.Ended;
import slipway.rollout.Instance;
import slipway.rollout.Overtaken;
import slipway.rollout.Ownership;
import slipway.rollout.Rollout;
import slipway.time.CallOver;
import slipway.time.CallTime;

/** Watches a rollout until there is a verdict on it. */
public final class Watch {
  /** The longest soak for which a call stays. */
  private static final Duration LONGEST_STAY = Duration.ofMinutes(5);

  /** Google says for a moment of a thing that is there that it is not; never for so long. */
  private static final Duration GONE = Duration.ofSeconds(60);

  private final Groups groups;
  private final Monitoring monitoring;
  private final CallTime time;

  public Watch(Groups groups, Monitoring monitoring, CallTime time) {
    this.groups = groups;
    this.monitoring = monitoring;
    this.time = time;
  }

  /** How a group is before it is patched; null if its instances could not be looked at. */
  public @Nullable Baseline before(Rollout rollout, Group group) {
    try {
      Progress none = Progress.startingAt(time.now(), null, null);
      return Baseline.of(look(rollout, group, none));
    } catch (RuntimeException lost) {
      return null;
    }
  }

  /**
   * Looks again and again. A look that fails says nothing, and is looked again.
   *
   * @param begun the progress so far; an earlier call may have seen some of it
   * @param observer gets each look
   * @return good, bad or cannot tell
   * @throws Overtaken if the group came to hold something else
   * @throws CallOver if the call's time ends first, or the soak is too long for a call to stay
   * @throws Misconfigured if the group is gone
   */
  public Verdict follow(Rollout rollout, Progress begun, Ownership ownership, Observer observer)
      throws IOException, Overtaken, CallOver {
    Progress progress = begun;
    LookTimes times = new LookTimes(rollout, ownership.usual(rollout), time.now());
    if (!begun.startedAt().isBefore(time.now())) {
      // Right after the patch a group is as it was before.
      time.sleep(times.untilNext(progress, time.now()));
    }
    for (; ; time.sleep(times.untilNext(progress, time.now()))) {
      observer.beforeLook();
      Optional<Observation> look = observation(rollout, progress, ownership, times);
      if (look.isPresent()) {
        progress = look.get().progress();
        observer.observe(look.get());
        if (look.get().verdict().isFinal()) {
          progress.took().ifPresent(duration -> ownership.took(rollout, duration));
          return look.get().verdict();
        }
        if (look.get().isSoaking() && isLong(rollout)) {
          throw CallOver.waiting(
              look.get().verdict().message() + " It soaks, and takes no call meanwhile.");
        }
      }
    }
  }

  /** What alerts say before one more group is patched; empty if nothing against it. */
  public Optional<Verdict> alarm(Alarms alarms) {
    return AlarmJudge.bad(alarms.read(monitoring), alarms, time.now());
  }

  /** Whether no call stays for its soak: a sweep looks each minute whether all is as it was. */
  public static boolean isLong(Rollout rollout) {
    return rollout.deadlines().soak().compareTo(LONGEST_STAY) > 0;
  }

  /**
   * One look, which a lost one may be too.
   *
   * @throws Overtaken if the group came to hold something else
   * @throws Misconfigured if the group is gone
   */
  public Observation once(Rollout rollout, Progress before, Ownership ownership) throws Overtaken {
    LookTimes first = new LookTimes(rollout, Optional.empty(), time.now());
    return observation(rollout, before, ownership, first).orElseThrow();
  }

  /** Empty if the group itself says that nothing has come to its end. */
  private Optional<Observation> observation(
      Rollout rollout, Progress before, Ownership ownership, LookTimes times) throws Overtaken {
    try {
      Group group = groups.read(rollout.group());
      ownership.requireHeld(group, rollout);
      if (!times.needsInstances(group, before, time.now())) {
        return Optional.empty();
      }
      Snapshot seen = look(rollout, group, before);
      times.instancesRead(seen.at());
      Progress progress = before.after(seen);
      return Optional.of(new Observation(seen, progress, Judge.judge(seen, progress)));
    } catch (RuntimeException lost) {
      return Optional.of(withoutLook(rollout, before.withoutLook(time.now()), lost));
    }
  }

  private Snapshot look(Rollout rollout, Group group, Progress before) {
    List<Instance> instances = groups.instances(group.path());
    Map<String, Ended> ends = new HashMap<>();
    for (Instance one : instances) {
      Place known = before.places().get(one.name());
      boolean ended = Place.endsNow(known, one, group) || before.isMadeAnew(one);
      if (ended && one.template().equals(rollout.template())) {
        Instant last = known == null ? null : known.endedAt();
        ends.put(one.name(), groups.ended(one, last == null ? before.startedAt() : last));
      }
    }
    Alarms alarms = before.alarms();
    List<Alert> alerts = alarms == null ? List.of() : alarms.read(monitoring);
    return new Snapshot(rollout, group, instances, ends, alerts, time.now());
  }

  private Observation withoutLook(Rollout rollout, Progress progress, RuntimeException lost) {
    Instant since = Objects.requireNonNull(progress.lostSince());
    boolean gone = lost instanceof Misconfigured fault && fault.code().equals(Groups.GONE);
    if (gone && !time.now().isBefore(since.plus(GONE))) {
      throw lost;
    }
    String reason = String.valueOf(lost.getMessage());
    Verdict verdict = Judge.withoutLook(rollout, progress, time.now(), reason);
    return new Observation(null, progress, verdict);
  }

  /**
   * One look at a group.
   *
   * @param seen what was seen; null if the look failed
   * @param progress how far the rollout has come with it
   * @param verdict what is thought of it
   */
  public record Observation(@Nullable Snapshot seen, Progress progress, Verdict verdict) {
    /** Whether all that shall be new is new and healthy, and must hold on. */
    public boolean isSoaking() {
      return verdict.code() == Verdict.Code.SOAKING;
    }

    /** The instances of the new version that are ill; none if the look failed. */
    public List<Instance> ill() {
      return seen == null || seen.rollout().isBack() ? List.of() : seen.illNew();
    }
  }

  /** Gets each look at a group. */
  @FunctionalInterface
  public interface Observer {
    /** What may end the watch whatever the group does. */
    default void beforeLook() {}

    /**
     * Takes one look.
     *
     * @throws CallOver if another call works on the deployment
     * @throws IOException if what was seen could not be kept
     */
    void observe(Observation observation) throws IOException, CallOver;
  }
}
