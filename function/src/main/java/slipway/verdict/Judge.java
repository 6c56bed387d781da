package slipway.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToIntFunction;
import slipway.rollout.Rollout;
import slipway.settings.Target.Deadlines;
import slipway.verdict.Verdict.Answer;
import slipway.verdict.Verdict.Code;

/** Decides from what was seen alone; it reads no clock and asks nobody. */
final class Judge {
  /** A place where new machines come up and end so often will not get better. */
  private static final int MOST_ENDS = 3;

  private Judge() {}

  static Verdict judge(Snapshot seen, Progress progress) {
    Deadlines deadlines = seen.rollout().deadlines();
    Instant healthy = progress.healthySince();
    String stop = AlarmJudge.stop(seen, progress);
    if (isUnseen(seen, progress)) {
      return new Verdict(Answer.GOOD, Code.UNSEEN, unseen(seen));
    }
    if (isCheckGone(seen, progress)) {
      String gone = ": its autohealing health check, there at the start, is gone.";
      return new Verdict(Answer.CANNOT_TELL, Code.CANNOT_TELL, counted(seen) + gone);
    }
    Optional<Verdict> alarm = AlarmJudge.bad(seen, progress);
    if (alarm.isPresent()) {
      return alarm.get();
    }
    if (healthy != null
        && stop.isEmpty()
        && seen.isComplete(progress.baseline())
        && !seen.at().isBefore(healthy.plus(deadlines.soak()))) {
      return new Verdict(Answer.GOOD, Code.HEALTHY, good(seen));
    }
    return loop(seen, progress)
        .or(() -> late(seen, progress))
        .orElseGet(
            () ->
                new Verdict(
                    Answer.STILL_GOING,
                    healthy == null ? Code.ROLLING : Code.SOAKING,
                    counted(seen) + "." + stop));
  }

  /** On a rollout of which nothing could be seen since a while. */
  static Verdict withoutLook(Rollout rollout, Progress progress, Instant now, String reason) {
    Deadlines deadlines = rollout.deadlines();
    Instant lost = progress.lostSince() == null ? now : progress.lostSince();
    boolean late =
        !now.isBefore(lost.plus(deadlines.progress())) || isOverdue(progress, deadlines, now);
    String name = rollout.group().name();
    return late
        ? new Verdict(
            Answer.CANNOT_TELL,
            Code.CANNOT_TELL,
            name + " has been unreadable since " + lost + ": " + reason)
        : new Verdict(
            Answer.STILL_GOING,
            Code.ROLLING,
            name + " could not be read, and is read again: " + reason);
  }

  private static boolean isUnseen(Snapshot seen, Progress progress) {
    return !seen.rollout().isBack()
        && seen.rollout().isWhole()
        && progress.isUnseen()
        && progress.places().isEmpty()
        && seen.group().targetSize() == 0
        && seen.tally().total() == 0;
  }

  private static boolean isCheckGone(Snapshot seen, Progress progress) {
    Baseline before = progress.baseline();
    return !seen.rollout().isBack()
        && before != null
        && before.checked()
        && !seen.group().policies().checked();
  }

  /**
   * One and the same place whose machines end again and again; or half of all places, at least
   * three, while old machines beside them are well: single machines end in any large group, and
   * with no old ones to compare, what befalls all at once may be the place's doing.
   */
  private static Optional<Verdict> loop(Snapshot seen, Progress progress) {
    Baseline before = progress.baseline();
    Duration deadline = seen.rollout().deadlines().progress();
    if (before != null && before.wasIll(seen.at(), deadline)) {
      return Optional.empty();
    }
    Collection<Place> places = progress.places().values();
    boolean compared = seen.old().findAny().isPresent();
    int all = compared ? Math.max(seen.wanted(), seen.tally().fresh()) : Integer.MAX_VALUE;
    String ended = counted(seen) + ": new ones stopped unexpectedly and were recreated ";
    if (isLoop(places, Place::ends, all)) {
      String message = ended + progress.recreations() + " times.";
      return Optional.of(
          new Verdict(Answer.BAD, Code.CRASH_LOOP, message, progress.hasFailedTwice()));
    }
    if (isLoop(places, place -> place.ends() + place.unknownEnds(), all)) {
      String message =
          counted(seen)
              + ": new ones stopped again and again, and without the permission"
              + " compute.zoneOperations.list Slipway cannot tell whether Compute Engine preempted them.";
      return Optional.of(new Verdict(Answer.CANNOT_TELL, Code.CANNOT_TELL, message));
    }
    return Optional.empty();
  }

  private static boolean isLoop(Collection<Place> places, ToIntFunction<Place> ends, int all) {
    int most = places.stream().mapToInt(ends).max().orElse(0);
    long ended = places.stream().filter(place -> ends.applyAsInt(place) > 0).count();
    return most >= MOST_ENDS || ended >= MOST_ENDS && 2 * ended >= (long) all;
  }

  private static Optional<Verdict> late(Snapshot seen, Progress progress) {
    Deadlines deadlines = seen.rollout().deadlines();
    Instant now = seen.at();
    if (isOverdue(progress, deadlines, now)) {
      String reason = "not finished within " + text(deadlines.total());
      return Optional.of(late(seen, progress, reason));
    }
    Instant stopped = progress.progressAt();
    if (progress.healthySince() != null
        || now.isBefore(stopped.plus(deadlines.progress()))
        || progress.isAwaited(seen)) {
      return Optional.empty();
    }
    Verdict late = late(seen, progress, "no progress for " + text(Duration.between(stopped, now)));
    boolean waits =
        late.code() == Code.OLD_UNHEALTHY
            && now.isBefore(stopped.plus(deadlines.progress().multipliedBy(2)));
    return waits ? Optional.empty() : Optional.of(late);
  }

  private static boolean isOverdue(Progress progress, Deadlines deadlines, Instant now) {
    Duration soaked = progress.soaked(now, deadlines.soak());
    return !now.isBefore(progress.startedAt().plus(deadlines.total()).plus(soaked));
  }

  private static Verdict late(Snapshot seen, Progress progress, String reason) {
    Code code = lateBecause(seen, progress);
    String error = seen.tally().lastError();
    String message =
        counted(seen)
            + ": "
            + reason
            + (code == Code.OLD_UNHEALTHY ? ", and the old ones fail as well." : ".")
            + (error.isEmpty() ? "" : " Compute says: " + error);
    boolean told = code != Code.CANNOT_TELL && code != Code.OLD_UNHEALTHY;
    return new Verdict(
        told ? Answer.BAD : Answer.CANNOT_TELL,
        code,
        message,
        code == Code.UNHEALTHY && progress.hasFailedTwice());
  }

  private static Code lateBecause(Snapshot seen, Progress progress) {
    Tally tally = seen.tally();
    if (progress.isFailing()) {
      Baseline before = progress.baseline();
      Duration deadline = seen.rollout().deadlines().progress();
      boolean alike =
          !seen.rollout().isBack() && before != null && before.wasIll(seen.at(), deadline);
      return alike ? Code.OLD_UNHEALTHY : Code.UNHEALTHY;
    }
    if (tally.lastError().startsWith("QUOTA_EXCEEDED")) {
      return Code.QUOTA;
    }
    if (tally.lastError().startsWith("ZONE_RESOURCE_POOL_EXHAUSTED")) {
      return Code.STOCK_OUT;
    }
    boolean blind = tally.fresh() > 0 && tally.healthyFresh() == 0 && tally.lastError().isEmpty();
    return blind || seen.wanted() == 0 ? Code.CANNOT_TELL : Code.DEADLINE;
  }

  private static String good(Snapshot seen) {
    String name = seen.group().path().name();
    String version = seen.rollout().called();
    if (seen.rollout().isBack() && seen.tally().healthyFresh() < seen.wanted()) {
      return name
          + " holds "
          + version
          + " everywhere, and has no more unhealthy instances than before.";
    }
    Duration soak = seen.rollout().deadlines().soak();
    String soaked = soak.isZero() ? "." : ", and have been for " + text(soak) + ".";
    return seen.wanted() == 0
        ? name + " has no instances, and holds " + version + "."
        : counted(seen) + soaked;
  }

  private static String unseen(Snapshot seen) {
    return seen.group().path().name()
        + " has no instances, so the new version is untested: the first instance will run it.";
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

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
