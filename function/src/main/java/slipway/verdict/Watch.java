package slipway.verdict;

import java.time.Duration;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.time.CallOver;
import slipway.time.CallTime;

/** Watches a rollout until there is a verdict on it. */
public final class Watch {
  /** A look costs two requests; together at most one in two seconds. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  private final Groups groups;

  /** Looks at these. */
  public Watch(Groups groups) {
    this.groups = groups;
  }

  /**
   * Looks again and again.
   *
   * @param begun the course so far; an earlier call may have seen some of it
   * @param progress is told each look
   * @return good, bad or cannot tell
   * @throws Overtaken if the group came to hold something else
   * @throws CallOver if the call's time ends first
   * @throws OperationFailed if the group is gone
   */
  public <E extends Exception> Verdict follow(
      Rollout rollout, Course begun, CallTime time, Progress<E> progress)
      throws E, Overtaken, OperationFailed, CallOver, InterruptedException {
    Course course = begun;
    for (; ; time.sleep(BETWEEN_LOOKS)) {
      Group group = read(rollout);
      Tally tally = Tally.of(group, groups.instances(group.path()), rollout.templatePath());
      Look look = new Look(group, tally, time.now());
      course = course.after(look);
      Verdict verdict = Judge.judge(look, course, rollout.target().deadlines());
      progress.looked(tally, course, verdict);
      if (verdict.isFinal()) {
        return verdict;
      }
    }
  }

  /**
   * Is told each look at the group.
   *
   * @param <E> what telling may fail with
   */
  @FunctionalInterface
  public interface Progress<E extends Exception> {
    /** One look, the course after it, and what is thought of it. */
    void looked(Tally tally, Course course, Verdict verdict) throws E;
  }

  private Group read(Rollout rollout) throws Overtaken, OperationFailed {
    Group group =
        groups
            .find(rollout.target().group())
            .orElseThrow(
                () -> new OperationFailed("notFound", rollout.target().group() + " is gone"));
    if (!group.holdsOnly(rollout.templatePath())) {
      throw Overtaken.by(group, rollout.templatePath());
    }
    return group;
  }
}
