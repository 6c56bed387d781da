package slipway.verdict;

import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout has gone so far: what its deadlines and its soak are counted from. Kept in the
 * record, so that a rollout longer than one call is judged as a whole.
 *
 * @param startedAt when the group was told
 * @param progressAt when it last came nearer to its end
 * @param mostHealthy the most healthy new instances seen
 * @param fewestStale the fewest others seen
 * @param unhealthySeen whether a new instance was seen to fail its health check since then
 * @param fresh how many instances were of the new version at the last look
 * @param recreating how many new instances were being made anew at the last look
 * @param recreations how often one began to be made anew
 * @param heldSince since when all are new and healthy; null while they are not
 */
public record Course(
    Instant startedAt,
    Instant progressAt,
    int mostHealthy,
    int fewestStale,
    boolean unhealthySeen,
    @SerializedName("new") int fresh,
    int recreating,
    int recreations,
    @Nullable Instant heldSince) {

  /** Of a group that is told now. */
  public static Course startingAt(Instant now) {
    return new Course(now, now, 0, Integer.MAX_VALUE, false, 0, 0, 0, null);
  }

  /** The same, with the time until now left out of the total. */
  public Course resumingAt(Instant now) {
    return new Course(
        now,
        progressAt,
        mostHealthy,
        fewestStale,
        unhealthySeen,
        fresh,
        recreating,
        recreations,
        heldSince);
  }

  /** The course after one more look; a lapse of the soak counts as movement. */
  Course after(Look look) {
    Tally seen = look.tally();
    Instant since = look.isComplete() && heldSince == null ? look.at() : heldSince;
    Instant held = look.isComplete() || holds(look) ? since : null;
    boolean nearer = seen.healthyFresh() > mostHealthy || seen.stale() < fewestStale;
    boolean lapsed = heldSince != null && held == null;
    return new Course(
        startedAt,
        nearer || lapsed ? look.at() : progressAt,
        Math.max(mostHealthy, seen.healthyFresh()),
        Math.min(fewestStale, seen.stale()),
        unhealthySeen && !nearer || seen.unhealthyFresh() > 0,
        seen.fresh(),
        seen.recreatingFresh(),
        recreations + Math.max(0, seen.recreatingFresh() - recreating - replaced(look)),
        held);
  }

  /** A group that replaces instances under their old names makes each anew to that end. */
  private int replaced(Look look) {
    return look.group().recreates() ? Math.max(0, look.tally().fresh() - fresh) : 0;
  }

  /** The autoscaler adding or removing instances of the new version does not end a soak. */
  private boolean holds(Look look) {
    Tally seen = look.tally();
    return heldSince != null
        && (!look.rollout().isWhole() || seen.others() == 0)
        && seen.unhealthyFresh() == 0
        && seen.healthyFresh() >= Math.min(mostHealthy, look.wanted());
  }
}
