package slipway.record;

import com.google.gson.annotations.SerializedName;
import java.time.Instant;
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
 * @param step which of the steps it takes or took last; null before the first, once all follow, and
 *     in records of 0.1, whose canary is the one step there is
 * @param askedAt since when it waits, or waited, for approval; null if it never did
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
    @Nullable Step step,
    @Nullable Instant askedAt,
    @SerializedName("course") @Nullable Progress progress)
    implements DeploymentRecord.Part {

  /** How far a group has come. */
  public enum State {
    /** It was not patched yet. */
    @SerializedName("waiting")
    WAITING,
    /** Some instances get the new version first, in one of its steps, and must hold. */
    @SerializedName("canary")
    CANARY,
    /** Before all of its instances follow, a person must approve. */
    @SerializedName("waiting-for-approval")
    WAITING_FOR_APPROVAL,
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

    /** Whether not all of its instances were to get the new version yet. */
    public boolean isBeforeAll() {
      return this == WAITING || this == CANARY || this == WAITING_FOR_APPROVAL;
    }

    /** Whether it goes back, or is back. */
    public boolean isBack() {
      return this == ROLLING_BACK || this == ROLLED_BACK;
    }
  }

  /** Whether it was given one of its steps, and no more. */
  public boolean isAtStep() {
    return state.isBeforeAll() && isPatched();
  }

  /** The same waiting for approval since then. */
  public GroupState asked(Instant since) {
    return new GroupState(
        group,
        wave,
        State.WAITING_FOR_APPROVAL,
        previousTemplate,
        previousName,
        newTemplate,
        instances,
        step,
        since,
        progress);
  }

  /** Whether this deployment patched it. */
  public boolean isPatched() {
    return progress != null;
  }

  /** Of a group that was not patched yet. */
  public static GroupState waiting(
      GroupPath group, int wave, Version previous, TemplatePath newTemplate) {
    return new GroupState(
        group,
        wave,
        State.WAITING,
        previous.template(),
        previous.name(),
        newTemplate,
        null,
        null,
        null,
        null);
  }

  /** The version that it ran before, in all instances. */
  public Version previous() {
    return new Version(previousTemplate, previousName, null);
  }

  /** The same in another state. */
  public GroupState in(State next) {
    return new GroupState(
        group,
        wave,
        next,
        previousTemplate,
        previousName,
        newTemplate,
        instances,
        step,
        askedAt,
        progress);
  }

  /** The same at another step, or at none. */
  public GroupState at(@Nullable Step next) {
    return new GroupState(
        group,
        wave,
        state,
        previousTemplate,
        previousName,
        newTemplate,
        instances,
        next,
        askedAt,
        progress);
  }

  /** The same instead of another version. */
  public GroupState insteadOf(Version previous) {
    return new GroupState(
        group,
        wave,
        state,
        previous.template(),
        previous.name(),
        newTemplate,
        instances,
        step,
        askedAt,
        progress);
  }

  /** The same with other progress, and instances counted with it. */
  public GroupState with(@Nullable Instances counted, Progress since) {
    return new GroupState(
        group,
        wave,
        state,
        previousTemplate,
        previousName,
        newTemplate,
        counted,
        step,
        askedAt,
        since);
  }

  /**
   * One of the steps before all follow, as the settings had it when the group was patched.
   *
   * @param number its place among them, from 1
   * @param of how many there are
   * @param size how many instances: a number, or a percentage of the group
   * @param soakSeconds how long they must hold
   */
  public record Step(int number, int of, String size, long soakSeconds) {}

  /**
   * A group's instances.
   *
   * @param total all
   * @param fresh of the new version
   * @param healthyNew of the new version and healthy
   */
  public record Instances(int total, @SerializedName("new") int fresh, int healthyNew) {}
}
