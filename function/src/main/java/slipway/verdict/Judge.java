package slipway.verdict;

import java.time.Duration;
import java.time.Instant;
import slipway.settings.Target.Deadlines;
import slipway.verdict.Verdict.Answer;
import slipway.verdict.Verdict.Code;

/** Decides from what was seen alone; it reads no clock and asks nobody. */
final class Judge {
  private Judge() {}

  static Verdict judge(Look look, Course course, Deadlines deadlines) {
    Instant now = look.at();
    Instant held = course.heldSince();
    if (held != null && look.isComplete() && !now.isBefore(held.plus(deadlines.soak()))) {
      return new Verdict(
          Answer.GOOD,
          Code.HEALTHY,
          counted(look) + ", and held for " + text(deadlines.soak()) + ".");
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
    if (course.unhealthySeen()) {
      return new Verdict(Answer.BAD, Code.UNHEALTHY, message);
    }
    boolean blind = tally.fresh() > 0 && tally.healthyFresh() == 0 && tally.lastError().isEmpty();
    return blind
        ? new Verdict(Answer.CANNOT_TELL, Code.CANNOT_TELL, message)
        : new Verdict(Answer.BAD, Code.DEADLINE, message);
  }

  private static String counted(Look look) {
    return look.tally().healthyFresh()
        + " of "
        + look.group().targetSize()
        + " instances of "
        + look.group().path().name()
        + " run the new version and are healthy";
  }

  private static String error(Tally tally) {
    return tally.lastError().isEmpty() ? "" : " Compute says: " + tally.lastError();
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
