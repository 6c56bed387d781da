package slipway.record;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/**
 * One group.
 *
 * @param group its path
 * @param wave its place in the order, from 1
 * @param state {@code waiting}, {@code rolling}, {@code soaking}, {@code good} or {@code bad}
 * @param previousTemplate what it ran before
 * @param newTemplate what it shall run
 * @param instances how many, or null until they were counted
 */
public record GroupState(
    String group,
    int wave,
    String state,
    String previousTemplate,
    String newTemplate,
    @Nullable Instances instances) {
  /**
   * A group's instances.
   *
   * @param total all
   * @param fresh of the new version
   * @param healthyNew of the new version and healthy
   */
  public record Instances(int total, @SerializedName("new") int fresh, int healthyNew) {}
}
