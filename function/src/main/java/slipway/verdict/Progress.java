package slipway.verdict;

import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout has gone so far: what its deadlines and its soak are counted from. Kept in the
 * record, so that a rollout longer than one call is judged as a whole.
 *
 * @param startedAt when the group was patched
 * @param progressAt when it last came nearer to its end
 * @param mostHealthy the most healthy new instances seen
 * @param fewestStale the fewest others seen
 * @param unhealthySeen whether a new instance was seen to fail its health check since then
 * @param fresh how many instances were of the new version at the last look
 * @param recreating how many new instances were being made anew at the last look
 * @param recreations how often one began to be made anew
 * @param healthySince since when all are new and healthy; null while they are not
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
    @SerializedName("heldSince") @Nullable Instant healthySince) {

  /** Of a group that is patched now. */
  public static Progress startingAt(Instant now) {
    return new Progress(now, now, 0, Integer.MAX_VALUE, false, 0, 0, 0, null);
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
        healthySince);
  }

  /** The progress after one more look; a lapse of the soak counts as movement. */
  Progress after(Snapshot seen) {
    Tally tally = seen.tally();
    Instant since = seen.isComplete() && healthySince == null ? seen.at() : healthySince;
    Instant healthy = seen.isComplete() || soaksOn(seen) ? since : null;
    boolean nearer = tally.healthyFresh() > mostHealthy || tally.stale() < fewestStale;
    boolean lapsed = healthySince != null && healthy == null;
    return new Progress(
        startedAt,
        nearer || lapsed ? seen.at() : progressAt,
        Math.max(mostHealthy, tally.healthyFresh()),
        Math.min(fewestStale, tally.stale()),
        unhealthySeen && !nearer || tally.unhealthyFresh() > 0,
        tally.fresh(),
        tally.recreatingFresh(),
        recreations + Math.max(0, tally.recreatingFresh() - recreating - replaced(seen)),
        healthy);
  }

  /** A group that replaces instances under their old names makes each anew to that end. */
  private int replaced(Snapshot seen) {
    return seen.group().recreates() ? Math.max(0, seen.tally().fresh() - fresh) : 0;
  }

  /** The autoscaler adding or removing instances of the new version does not end a soak. */
  private boolean soaksOn(Snapshot seen) {
    Tally tally = seen.tally();
    return healthySince != null
        && (!seen.rollout().isWhole() || tally.others() == 0)
        && tally.unhealthyFresh() == 0
        && tally.healthyFresh() >= Math.min(mostHealthy, seen.wanted());
  }
}
