package slipway.verdict;

import java.time.Duration;
import java.time.Instant;
import slipway.settings.Target.Deadlines;
import slipway.verdict.Verdict.Answer;
import slipway.verdict.Verdict.Code;

/** Decides from what was seen alone; it reads no clock and asks nobody. */
final class Judge {
  /** A version that comes up and dies so often will not get better. */
  private static final int MOST_RECREATIONS = 3;

  private Judge() {}

  static Verdict judge(Snapshot seen, Progress progress) {
    Deadlines deadlines = seen.rollout().deadlines();
    Instant now = seen.at();
    Instant healthy = progress.healthySince();
    if (healthy != null && seen.isComplete() && !now.isBefore(healthy.plus(deadlines.soak()))) {
      return new Verdict(Answer.GOOD, Code.HEALTHY, counted(seen) + soaked(deadlines) + ".");
    }
    if (progress.recreations() >= MOST_RECREATIONS) {
      String often = ": new ones died or failed and were made anew " + progress.recreations();
      return new Verdict(Answer.BAD, Code.CRASH_LOOP, counted(seen) + often + " times.");
    }
    if (healthy == null && !now.isBefore(progress.progressAt().plus(deadlines.progress()))) {
      return late(seen, progress, "no progress for " + text(deadlines.progress()));
    }
    if (!now.isBefore(progress.startedAt().plus(deadlines.total()))) {
      return late(seen, progress, "not finished within " + text(deadlines.total()));
    }
    return new Verdict(
        Answer.STILL_GOING, healthy == null ? Code.ROLLING : Code.SOAKING, counted(seen) + ".");
  }

  private static String soaked(Deadlines deadlines) {
    return deadlines.soak().isZero() ? "" : ", and have been for " + text(deadlines.soak());
  }

  private static Verdict late(Snapshot seen, Progress progress, String reason) {
    Tally tally = seen.tally();
    String message = counted(seen) + ": " + reason + "." + error(tally);
    Code code = lateBecause(tally, progress);
    Answer answer = code == Code.CANNOT_TELL ? Answer.CANNOT_TELL : Answer.BAD;
    return new Verdict(answer, code, message);
  }

  private static Code lateBecause(Tally tally, Progress progress) {
    if (progress.unhealthySeen()) {
      return Code.UNHEALTHY;
    }
    if (tally.lastError().startsWith("QUOTA_EXCEEDED")) {
      return Code.QUOTA;
    }
    if (tally.lastError().startsWith("ZONE_RESOURCE_POOL_EXHAUSTED")) {
      return Code.STOCK_OUT;
    }
    boolean blind = tally.fresh() > 0 && tally.healthyFresh() == 0 && tally.lastError().isEmpty();
    return blind ? Code.CANNOT_TELL : Code.DEADLINE;
  }

  private static String counted(Snapshot seen) {
    return seen.tally().healthyFresh()
        + " of "
        + seen.wanted()
        + " instances of "
        + seen.group().path().name()
        + " run "
        + seen.rollout().called()
        + " and are healthy";
  }

  private static String error(Tally tally) {
    return tally.lastError().isEmpty() ? "" : " Compute says: " + tally.lastError();
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
