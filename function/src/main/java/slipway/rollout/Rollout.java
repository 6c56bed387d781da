package slipway.rollout;

import slipway.settings.Target;

/** A group that was told to run a new template; only {@link RolloutStage} makes one. */
public final class Rollout {
  private final Target target;
  private final String templatePath;

  Rollout(Target target, String templatePath) {
    this.target = target;
    this.templatePath = templatePath;
  }

  /** Whose group it is. */
  public Target target() {
    return target;
  }

  /** What the group shall run: {@code projects/P/.../instanceTemplates/T}. */
  public String templatePath() {
    return templatePath;
  }
}
