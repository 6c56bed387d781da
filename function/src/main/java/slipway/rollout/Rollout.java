package slipway.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.Target.Deadlines;
import slipway.settings.TemplatePath;

/**
 * What one group is patched to, and how it is judged: the new version everywhere, in a few
 * instances first, or the old one everywhere again.
 *
 * @param group which group
 * @param versions what its instances shall run
 * @param called what this version is called in sentences
 * @param template the one whose instances are judged, one of the versions'
 * @param previous what the group runs well until then, or null if it may be anything
 * @param rolling how far the group may leave its target size meanwhile
 * @param deadlines how long it may take, and how long it must hold
 */
public record Rollout(
    GroupPath group,
    List<Version> versions,
    String called,
    TemplatePath template,
    @Nullable Version previous,
    Target.Rolling rolling,
    Deadlines deadlines) {

  private static final String NEW = "the new version";

  /** The template everywhere, instead of what the group has run so far. */
  public static Rollout whole(
      Target target, GroupPath group, TemplatePath template, Version previous) {
    return new Rollout(
        group,
        List.of(Version.rest(template)),
        NEW,
        template,
        previous,
        target.rolling(),
        target.deadlines());
  }

  /** The template everywhere again: good as soon as it is up, since it has served before. */
  public static Rollout back(Target target, GroupPath group, Version lastGood) {
    Deadlines deadlines = target.deadlines();
    return new Rollout(
        group,
        List.of(lastGood.asRest()),
        "the last known good version",
        lastGood.template(),
        null,
        target.rolling(),
        new Deadlines(Duration.ZERO, deadlines.progress(), deadlines.total()));
  }

  /** The same in so many instances first, beside what the group has run so far. */
  public Rollout first(Size size, Duration soak) {
    return new Rollout(
        group,
        List.of(Objects.requireNonNull(previous).asRest(), new Version(template, size)),
        called,
        template,
        previous,
        rolling,
        new Deadlines(soak, deadlines.progress(), deadlines.total()));
  }

  /** Whether it puts back what ran before. */
  public boolean isBack() {
    return previous == null;
  }

  /** Whether the whole group shall run it. */
  public boolean isWhole() {
    return versions.size() == 1;
  }
}
