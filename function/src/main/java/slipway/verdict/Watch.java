package slipway.verdict;

import java.io.IOException;
import java.time.Duration;
import slipway.fault.Misconfigured;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Overtaken;
import slipway.rollout.Ownership;
import slipway.rollout.Rollout;
import slipway.time.CallOver;
import slipway.time.CallTime;

/** Watches a rollout until there is a verdict on it. */
public final class Watch {
  /** A look costs two requests; together at most one in two seconds. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  private final Groups groups;
  private final CallTime time;

  public Watch(Groups groups, CallTime time) {
    this.groups = groups;
    this.time = time;
  }

  /**
   * Looks again and again.
   *
   * @param begun the progress so far; an earlier call may have seen some of it
   * @param observer gets each look
   * @return good, bad or cannot tell
   * @throws Overtaken if the group came to hold something else
   * @throws CallOver if the call's time ends first
   * @throws Misconfigured if the group is gone
   */
  public Verdict follow(Rollout rollout, Progress begun, Ownership ownership, Observer observer)
      throws IOException, Overtaken, CallOver {
    Progress progress = begun;
    // Right after the patch a group is as it was before.
    Duration due = Duration.between(time.now(), begun.startedAt().plus(BETWEEN_LOOKS));
    if (!due.isNegative()) {
      time.sleep(due);
    }
    for (; ; time.sleep(BETWEEN_LOOKS)) {
      Group group = groups.read(rollout.group());
      if (!group.versions().equals(rollout.versions())) {
        throw ownership.overtakenBy(group);
      }
      Tally tally = Tally.of(group, groups.instances(group.path()), rollout.template());
      Snapshot seen = new Snapshot(rollout, group, tally, time.now());
      progress = progress.after(seen);
      Verdict verdict = Judge.judge(seen, progress);
      observer.observe(new Observation(seen, progress, verdict));
      if (verdict.isFinal()) {
        return verdict;
      }
    }
  }

  /**
   * One look at a group.
   *
   * @param seen what was seen
   * @param progress how far the rollout has come with it
   * @param verdict what is thought of it
   */
  public record Observation(Snapshot seen, Progress progress, Verdict verdict) {}

  /** Gets each look at a group. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Takes one look.
     *
     * @throws CallOver if another call works on the deployment
     */
    void observe(Observation observation) throws CallOver;
  }
}
