package slipway.record;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;
import slipway.verdict.Course;

/**
 * One group.
 *
 * @param group its path
 * @param wave its place in the order, from 1
 * @param state {@code waiting}, {@code rolling}, {@code soaking}, {@code good} or {@code bad}
 * @param previousTemplate what it ran before
 * @param newTemplate what it shall run
 * @param instances how many, or null until they were counted
 * @param course how its rollout has gone, or null until it was told
 */
public record GroupState(
    String group,
    int wave,
    String state,
    String previousTemplate,
    String newTemplate,
    @Nullable Instances instances,
    @Nullable Course course)
    implements DeploymentRecord.Part {

  /** The same in another state. */
  GroupState in(String next) {
    return new GroupState(group, wave, next, previousTemplate, newTemplate, instances, course);
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
