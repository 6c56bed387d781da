package slipway.record;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;
import slipway.verdict.Course;

/**
 * One group.
 *
 * @param group its path
 * @param wave its place in the order, from 1
 * @param state how far it has come
 * @param previousTemplate what it ran before
 * @param newTemplate what it shall run
 * @param instances how many, or null until they were counted
 * @param course how it has gone since the group was told last, or null until it was told
 */
public record GroupState(
    String group,
    int wave,
    State state,
    String previousTemplate,
    String newTemplate,
    @Nullable Instances instances,
    @Nullable Course course)
    implements DeploymentRecord.Part {

  /** How far a group has come. */
  public enum State {
    /** It was not told yet. */
    @SerializedName("waiting")
    WAITING,
    /** A few instances get the new version first, and must hold. */
    @SerializedName("canary")
    CANARY,
    /** Its instances are replaced. */
    @SerializedName("rolling")
    ROLLING,
    /** All are new and healthy, and must hold. */
    @SerializedName("soaking")
    SOAKING,
    /** They held. */
    @SerializedName("good")
    GOOD,
    /** The new version does not serve. */
    @SerializedName("bad")
    BAD,
    /** It was told to run its last known good version again. */
    @SerializedName("rolling-back")
    ROLLING_BACK,
    /** It does. */
    @SerializedName("rolled-back")
    ROLLED_BACK;

    /** Whether it was told to go back. */
    public boolean isBack() {
      return this == ROLLING_BACK || this == ROLLED_BACK;
    }
  }

  /** The same in another state. */
  GroupState in(State next) {
    return new GroupState(group, wave, next, previousTemplate, newTemplate, instances, course);
  }

  /** The same instead of another template. */
  GroupState instead(String previous) {
    return new GroupState(group, wave, state, previous, newTemplate, instances, course);
  }

  /** The same after a look. */
  GroupState seen(@Nullable Instances counted, Course since) {
    return new GroupState(group, wave, state, previousTemplate, newTemplate, counted, since);
  }

  /**
   * A group's instances.
   *
   * @param total all
   * @param fresh of the new version
   * @param healthyNew of the new version and healthy
   */
  public record Instances(int total, @SerializedName("new") int fresh, int healthyNew) {}
}
