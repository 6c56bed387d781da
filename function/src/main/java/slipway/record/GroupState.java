package slipway.record;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.verdict.Progress;

/**
 * One group.
 *
 * @param group its path
 * @param wave its place in the order, from 1
 * @param state how far it has come
 * @param previousTemplate what it ran before
 * @param previousName the name of that version of the group, or null if it had none
 * @param newTemplate what it shall run
 * @param instances how many, or null until they were counted
 * @param progress how it has gone since the group was patched last, or null until it was
 */
public record GroupState(
    GroupPath group,
    int wave,
    State state,
    TemplatePath previousTemplate,
    @Nullable String previousName,
    TemplatePath newTemplate,
    @Nullable Instances instances,
    @SerializedName("course") @Nullable Progress progress)
    implements DeploymentRecord.Part {

  /** How far a group has come. */
  public enum State {
    /** It was not patched yet. */
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
    /** It gets its last known good version again. */
    @SerializedName("rolling-back")
    ROLLING_BACK,
    /** It does. */
    @SerializedName("rolled-back")
    ROLLED_BACK;

    /** Whether it goes back, or is back. */
    public boolean isBack() {
      return this == ROLLING_BACK || this == ROLLED_BACK;
    }
  }

  /** Whether this deployment patched it. */
  public boolean isPatched() {
    return progress != null;
  }

  /** Of a group that was not patched yet. */
  public static GroupState waiting(
      GroupPath group, int wave, Version previous, TemplatePath newTemplate) {
    return new GroupState(
        group, wave, State.WAITING, previous.template(), previous.name(), newTemplate, null, null);
  }

  /** The version that it ran before, in all instances. */
  public Version previous() {
    return new Version(previousTemplate, previousName, null);
  }

  /** The same in another state. */
  public GroupState in(State next) {
    return new GroupState(
        group, wave, next, previousTemplate, previousName, newTemplate, instances, progress);
  }

  /** The same instead of another version. */
  public GroupState insteadOf(Version previous) {
    return new GroupState(
        group, wave, state, previous.template(), previous.name(), newTemplate, instances, progress);
  }

  /** The same with other progress, and instances counted with it. */
  public GroupState with(@Nullable Instances counted, Progress since) {
    return new GroupState(
        group, wave, state, previousTemplate, previousName, newTemplate, counted, since);
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
