package slipway.verdict;

import java.time.Duration;
import slipway.fault.Misconfigured;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.RolloutStage;
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
   * @throws Misconfigured if the group is gone
   */
  public <E extends Exception> Verdict follow(
      Rollout rollout, Course begun, CallTime time, Progress<E> progress)
      throws E, Overtaken, CallOver, InterruptedException {
    Course course = begun;
    // Right after it was told, a group is as it was.
    Duration due = Duration.between(time.now(), begun.startedAt().plus(BETWEEN_LOOKS));
    if (!due.isNegative()) {
      time.sleep(due);
    }
    for (; ; time.sleep(BETWEEN_LOOKS)) {
      Group group = read(rollout);
      Tally tally = Tally.of(group, groups.instances(group.path()), rollout.fresh());
      Look look = new Look(rollout, group, tally, time.now());
      course = course.after(look);
      Verdict verdict = Judge.judge(look, course);
      progress.looked(new Seen(tally, course, verdict));
      if (verdict.isFinal()) {
        return verdict;
      }
    }
  }

  /**
   * One look at the group.
   *
   * @param tally its instances, counted
   * @param course the course after it
   * @param verdict what is thought of it
   */
  public record Seen(Tally tally, Course course, Verdict verdict) {}

  /**
   * Is told each look at the group.
   *
   * @param <E> what telling may fail with
   */
  @FunctionalInterface
  public interface Progress<E extends Exception> {
    /** One look. */
    void looked(Seen seen) throws E;
  }

  private Group read(Rollout rollout) throws Overtaken {
    Group group = RolloutStage.read(groups, rollout.group());
    if (!group.versions().equals(rollout.versions())) {
      throw Overtaken.by(group);
    }
    return group;
  }
}
