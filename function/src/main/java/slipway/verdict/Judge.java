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

  static Verdict judge(Look look, Course course) {
    Deadlines deadlines = look.rollout().deadlines();
    Instant now = look.at();
    Instant held = course.heldSince();
    if (held != null && look.isComplete() && !now.isBefore(held.plus(deadlines.soak()))) {
      return new Verdict(
          Answer.GOOD,
          Code.HEALTHY,
          counted(look) + ", and held for " + text(deadlines.soak()) + ".");
    }
    if (course.recreations() >= MOST_RECREATIONS) {
      String often = ": new ones died or failed and were made anew " + course.recreations();
      return new Verdict(Answer.BAD, Code.CRASH_LOOP, counted(look) + often + " times.");
    }
    if (held == null && !now.isBefore(course.progressAt().plus(deadlines.progress()))) {
      return late(look, course, "no progress for " + text(deadlines.progress()));
    }
    if (!now.isBefore(course.startedAt().plus(deadlines.total()))) {
      return late(look, course, "not finished within " + text(deadlines.total()));
    }
    return new Verdict(
        Answer.STILL_GOING, held == null ? Code.ROLLING : Code.SOAKING, counted(look) + ".");
  }

  private static Verdict late(Look look, Course course, String reason) {
    Tally tally = look.tally();
    String message = counted(look) + ": " + reason + "." + error(tally);
    Code code = lateBecause(tally, course);
    Answer answer = code == Code.CANNOT_TELL ? Answer.CANNOT_TELL : Answer.BAD;
    return new Verdict(answer, code, message);
  }

  private static Code lateBecause(Tally tally, Course course) {
    if (course.unhealthySeen()) {
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

  private static String counted(Look look) {
    return look.tally().healthyFresh()
        + " of "
        + look.wanted()
        + " instances of "
        + look.group().path().name()
        + " run "
        + look.rollout().called()
        + " and are healthy";
  }

  private static String error(Tally tally) {
    return tally.lastError().isEmpty() ? "" : " Compute says: " + tally.lastError();
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
