package slipway.verdict;

import com.google.gson.annotations.SerializedName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Groups.Ended;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;

/**
 * One instance's name in a group, whichever machine has it: what happened there since the group was
 * patched. Names at which nothing happened are not kept.
 *
 * @param state of the new version's instance there, or of one that leaves
 * @param since when it was first seen so
 * @param failures how often one failed its check, or came to its end
 * @param ends how often one came to its end by itself
 * @param unknownEnds how often one did of which nobody may know whether Compute took it back
 * @param endedAt when one came to its end last, or null if none did
 */
public record Place(
    State state,
    Instant since,
    int failures,
    int ends,
    int unknownEnds,
    @Nullable Instant endedAt) {

  /** Google's own limit for draining connections. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(3600);

  /** What the instance does. */
  public enum State {
    /** It runs, or comes up. */
    @SerializedName("calm")
    CALM,
    /** It has not passed its first check yet. */
    @SerializedName("verifying")
    VERIFYING,
    /** It fails its check, though its initial delay is over. */
    @SerializedName("unhealthy")
    UNHEALTHY,
    /** It came to its end, and is made anew. */
    @SerializedName("ended")
    ENDED,
    /** Its connections drain, or it is being deleted; the new version may follow it there. */
    @SerializedName("leaving")
    LEAVING
  }

  /** All of a group's after one more look. */
  static Map<String, Place> after(Progress before, Snapshot seen) {
    Map<String, Place> all = new TreeMap<>();
    before
        .places()
        .forEach(
            (name, place) -> {
              if (place.isNotable() && place.state != State.LEAVING) {
                all.put(name, place.in(State.CALM, place.since));
              }
            });
    boolean recreates = seen.group().policies().recreates();
    for (Instance one : seen.instances()) {
      if (seen.isNew(one) || one.action() == Action.DELETING) {
        Place known = before.places().get(one.name());
        Place was = known == null ? calm(seen.at()) : known;
        Place next =
            before.isMadeAnew(one)
                ? was.endedUnseen(one, seen).after(one, true, seen)
                : was.after(one, known != null, seen);
        if (next.state != State.CALM || next.isNotable() || recreates) {
          all.put(one.name(), next);
        }
      }
    }
    return all;
  }

  private static Place calm(Instant now) {
    return new Place(State.CALM, now, 0, 0, 0, null);
  }

  private Place after(Instance one, boolean known, Snapshot seen) {
    State next = next(one, known, seen);
    if (next == state) {
      return this;
    }
    Place there = in(next, seen.at());
    return switch (next) {
      case UNHEALTHY -> there.counting(1, 0, 0);
      case ENDED -> there.ended(seen.ends().get(one.name()), state == State.UNHEALTHY ? 0 : 1);
      default -> there;
    };
  }

  /** Between two looks one came to its end, and another is up in its place. */
  private Place endedUnseen(Instance one, Snapshot seen) {
    int failed = state == State.UNHEALTHY ? 0 : 1;
    return in(State.CALM, seen.at()).ended(seen.ends().get(one.name()), failed);
  }

  private State next(Instance one, boolean known, Snapshot seen) {
    return switch (one.action()) {
      case DELETING -> State.LEAVING;
      case RECREATING ->
          isReplaced(known ? this : null, seen.group()) ? State.LEAVING : State.ENDED;
      case VERIFYING -> verifying(one, seen);
      default -> one.failsCheck() ? State.UNHEALTHY : State.CALM;
    };
  }

  /** Whether a machine has come to its end there since the look before. */
  static boolean endsNow(@Nullable Place known, Instance one, Group group) {
    return one.action() == Action.RECREATING
        && !isReplaced(known, group)
        && (known == null || known.state != State.ENDED);
  }

  /** A group that replaces instances under their old names makes each anew to that end. */
  private static boolean isReplaced(@Nullable Place known, Group group) {
    return group.policies().recreates() && (known == null || known.state == State.LEAVING);
  }

  /** Google's initial delay begins at the first sight of VERIFYING; until then nothing counts. */
  private State verifying(Instance one, Snapshot seen) {
    boolean over =
        state == State.UNHEALTHY || state == State.VERIFYING && !isInDelay(seen.at(), seen);
    return over && one.failsCheck() ? State.UNHEALTHY : State.VERIFYING;
  }

  private boolean isInDelay(Instant now, Snapshot seen) {
    return now.isBefore(since.plus(seen.group().policies().initialDelay()));
  }

  /**
   * Whether there is progress here by itself: connections that drain, or a machine whose initial
   * delay is not over. One that failed before gets no further delay.
   */
  boolean isAwaited(Snapshot seen) {
    return switch (state) {
      case LEAVING -> seen.at().isBefore(since.plus(LONGEST_DRAIN));
      case VERIFYING -> failures == 0 && isInDelay(seen.at(), seen);
      default -> false;
    };
  }

  private boolean isNotable() {
    return failures + unknownEnds > 0 || endedAt != null;
  }

  private Place ended(@Nullable Ended how, int failed) {
    Place there = new Place(state, since, failures, ends, unknownEnds, since);
    return switch (how == null ? Ended.ITSELF : how) {
      case PREEMPTED -> there;
      case UNKNOWN -> there.counting(0, 0, 1);
      case ITSELF -> there.counting(failed, 1, 0);
    };
  }

  private Place counting(int failed, int ended, int unknown) {
    return new Place(state, since, failures + failed, ends + ended, unknownEnds + unknown, endedAt);
  }

  private Place in(State next, Instant now) {
    return new Place(next, now, failures, ends, unknownEnds, endedAt);
  }
}
