package slipway.verdict;

import com.google.gson.annotations.SerializedName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.verdict.Place.State;

/**
 * How a rollout has gone so far: what its deadlines and its soak are counted from. Kept in the
 * record, so that a rollout longer than one call is judged as a whole.
 *
 * @param startedAt when the group was patched; later by the time of soaks that lapsed
 * @param progressAt when it last came nearer to its end
 * @param mostHealthy the most healthy new instances seen
 * @param fewestStale the fewest others seen
 * @param unhealthySeen whether a new instance was seen to fail its health check since then
 * @param fresh how many instances were of the new version at the last look
 * @param recreating how many of them had ended and were being made anew
 * @param recreations how often one of them ended by itself
 * @param healthySince since when all are new and healthy; null while they are not
 * @param baseline how the old version does; null until it was looked at, and in records of 0.1
 * @param places what happened to single instances, by name
 * @param machines of the new version that were up at the last look, by name
 * @param lostSince since when no look succeeded; null while they do
 * @param alarms which alerts count; null if the target has no alarms, and on the way back
 */
public record Progress(
    Instant startedAt,
    Instant progressAt,
    int mostHealthy,
    int fewestStale,
    boolean unhealthySeen,
    @SerializedName("new") int fresh,
    int recreating,
    int recreations,
    @SerializedName("heldSince") @Nullable Instant healthySince,
    @Nullable Baseline baseline,
    Map<String, Place> places,
    Map<String, String> machines,
    @Nullable Instant lostSince,
    @Nullable Alarms alarms) {

  public Progress {
    places = sorted(places);
    machines = sorted(machines);
  }

  private static <T> Map<String, T> sorted(@Nullable Map<String, T> map) {
    return Collections.unmodifiableMap(
        new TreeMap<>(Objects.requireNonNullElse(map, Map.<String, T>of())));
  }

  /** Of a group that is patched now, and was so before. */
  public static Progress startingAt(
      Instant now, @Nullable Baseline before, @Nullable Alarms alarms) {
    return new Progress(
        now,
        now,
        0,
        Integer.MAX_VALUE,
        false,
        0,
        0,
        0,
        null,
        before,
        Map.of(),
        Map.of(),
        null,
        alarms);
  }

  /** The same, with the time until now left out of the total. */
  public Progress resumingAt(Instant now) {
    return new Progress(
        now,
        progressAt,
        mostHealthy,
        fewestStale,
        unhealthySeen,
        fresh,
        recreating,
        recreations,
        healthySince,
        baseline,
        places,
        machines,
        lostSince,
        alarms);
  }

  /**
   * The progress after one more look. A lapse of the soak counts as movement, and the time that was
   * soaked until then is left out of the total.
   */
  Progress after(Snapshot seen) {
    Tally tally = seen.tally();
    Baseline before = baseline == null ? Baseline.of(seen) : baseline.after(seen);
    Map<String, Place> now = Place.after(this, seen);
    boolean unhealthy = isAny(now, State.UNHEALTHY);
    boolean complete = seen.isComplete(before);
    boolean begins = healthySince == null || seen.instances().stream().anyMatch(this::isMadeAnew);
    Instant since = complete && begins ? seen.at() : healthySince;
    Instant healthy = complete || !unhealthy && soaksOn(seen) ? since : null;
    boolean nearer = tally.healthyFresh() > mostHealthy || tally.stale() < fewestStale;
    boolean lapsed = healthySince != null && !healthySince.equals(healthy);
    boolean moved = nearer || healthySince != null && healthy == null || hasLeft(now);
    return new Progress(
        lapsed ? startedAt.plus(Duration.between(healthySince, seen.at())) : startedAt,
        moved ? seen.at() : progressAt,
        Math.max(mostHealthy, tally.healthyFresh()),
        Math.min(fewestStale, tally.stale()),
        unhealthySeen && !nearer || unhealthy,
        tally.fresh(),
        (int) now.values().stream().filter(place -> place.state() == State.ENDED).count(),
        now.values().stream().mapToInt(Place::ends).sum(),
        healthy,
        before,
        now,
        seen.machines(),
        null,
        alarms == null || tally.fresh() == 0 ? alarms : alarms.seeingNew(seen.at()));
  }

  /** The progress after a look that failed, which says nothing of the group. */
  Progress withoutLook(Instant now) {
    return new Progress(
        startedAt,
        progressAt,
        mostHealthy,
        fewestStale,
        unhealthySeen,
        fresh,
        recreating,
        recreations,
        healthySince,
        baseline,
        places,
        machines,
        lostSince == null ? now : lostSince,
        alarms);
  }

  /** For how long all have held, at most a whole soak: that is meant to take its time. */
  Duration soaked(Instant now, Duration soak) {
    Duration held = healthySince == null ? Duration.ZERO : Duration.between(healthySince, now);
    return held.compareTo(soak) < 0 ? held : soak;
  }

  /** Whether another machine is up than at the last look, under the same name. */
  boolean isMadeAnew(Instance one) {
    String known = machines.get(one.name());
    boolean up = one.id() != null && one.action() != Action.RECREATING;
    return up && known != null && !known.equals(one.id());
  }

  /** Whether the group had no instances when it was patched, and got none that was healthy. */
  public boolean isUnseen() {
    return baseline != null && baseline.size() == 0 && mostHealthy == 0;
  }

  /** How long it took from the patch until all were new and healthy; empty while they are not. */
  Optional<Duration> took() {
    return Optional.ofNullable(healthySince)
        .map(healthy -> Duration.between(startedAt, healthy))
        // The time on hold is left out of what began before it.
        .filter(duration -> !duration.isNegative());
  }

  /** Whether the group was ill when it ran the old version. */
  public boolean wasIll() {
    return baseline != null && baseline.isIll();
  }

  /** Whether connections still drain somewhere, or a machine may still take its time. */
  boolean isAwaited(Snapshot seen) {
    return places.values().stream().anyMatch(place -> place.isAwaited(seen));
  }

  /** Whether the new version failed since it came nearer to its end last. */
  boolean isFailing() {
    return unhealthySeen
        || places.values().stream()
            .anyMatch(
                place ->
                    place.ends() > 0
                        && place.endedAt() != null
                        && !place.endedAt().isBefore(progressAt));
  }

  /** Whether the new version failed at two places, or twice at one. */
  boolean hasFailedTwice() {
    return places.values().stream().mapToInt(Place::failures).sum() >= 2;
  }

  private static boolean isAny(Map<String, Place> places, State state) {
    return places.values().stream().anyMatch(place -> place.state() == state);
  }

  private boolean hasLeft(Map<String, Place> now) {
    return places.entrySet().stream()
        .filter(place -> place.getValue().state() == State.LEAVING)
        .anyMatch(
            place -> {
              Place next = now.get(place.getKey());
              return next == null || next.state() != State.LEAVING;
            });
  }

  /** The autoscaler adding or removing instances of the new version does not end a soak. */
  private boolean soaksOn(Snapshot seen) {
    Tally tally = seen.tally();
    return healthySince != null
        && seen.wanted() > 0
        && (!seen.rollout().isWhole() || tally.others() == 0)
        && tally.healthyFresh() >= Math.min(mostHealthy, seen.wanted());
  }
}
