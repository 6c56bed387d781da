package slipway.prune;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.image.ImageName;
import slipway.prune.Decision.Action;
import slipway.prune.Decision.Kind;
import slipway.rollout.Made;
import slipway.settings.TemplatePath;
import slipway.template.Templates.Listed;

/**
 * Decides what becomes of a target's images and templates. What stays: the newest good images with
 * the templates of their deployments, and whatever a group, a way back or anybody's template needs.
 */
public final class Retention {
  /**
   * Between a good image's deprecation and its end; as long as a deployment may take, or longer.
   */
  static final Duration GRACE = Duration.ofHours(24);

  private final Inventory inventory;
  private final Instant now;
  private final Set<ImageName> newest;
  private final Set<TemplatePath> ours;

  private Retention(Inventory inventory, int keep, Instant now) {
    this.inventory = inventory;
    this.now = now;
    newest =
        images(inventory.made())
            .flatMap(image -> Made.latestGood(inventory.made(), image).stream())
            .sorted(Comparator.comparing(Made::since).reversed())
            .map(Made::image)
            .limit(keep)
            .collect(toSet());
    ours = inventory.made().stream().flatMap(made -> made.templates().stream()).collect(toSet());
  }

  private static Stream<ImageName> images(List<Made> made) {
    return made.stream().map(Made::image).distinct();
  }

  /**
   * One decision for each image and template that the target's deployments made, templates first.
   *
   * @param keep how many good images stay in any case
   */
  public static List<Decision> decide(Inventory inventory, int keep, Instant now) {
    Retention retention = new Retention(inventory, keep, now);
    List<Decision> decisions = new ArrayList<>();
    for (Made made : inventory.made()) {
      made.templates().forEach(path -> decisions.add(retention.template(path, made)));
    }
    images(inventory.made()).map(retention::image).forEach(decisions::add);
    return List.copyOf(decisions);
  }

  private Decision template(TemplatePath path, Made maker) {
    Optional<String> stays = reasonToStay(path, maker).or(() -> withImage(maker));
    return new Decision(
        stays.isPresent() ? Action.KEEP : Action.DELETE,
        Kind.TEMPLATE,
        path.value(),
        stays.orElse(
            maker.fate() == Made.Fate.OVERTAKEN
                ? "its deployment was overtaken"
                : "nothing can need it any more"));
  }

  /** What keeps it whatever becomes of its image. */
  private Optional<String> reasonToStay(TemplatePath path, Made maker) {
    if (inventory.needed().contains(path)) {
      return Optional.of("a group holds it or may go back to it, or it is cloned");
    }
    return maker.fate() == Made.Fate.UNUSED && isFresh(maker, now)
        ? Optional.of("its deployment ended less than a day ago")
        : Optional.empty();
  }

  /** Whether a call that stood still since before its deployment's end may still go on. */
  static boolean isFresh(Made made, Instant now) {
    return now.isBefore(made.since().plus(GRACE));
  }

  /** The template of an image's latest good deployment stays as long as the image does. */
  private Optional<String> withImage(Made maker) {
    return Made.latestGood(inventory.made(), maker.image()).filter(maker::equals).isPresent()
            && !isDue(maker.image())
        ? Optional.of("its image " + maker.image() + " stays")
        : Optional.empty();
  }

  private Decision image(ImageName image) {
    Instant announced = deleteAfter(image);
    Optional<String> stays = reasonToStay(image);
    if (stays.isPresent()) {
      Action action = announced == null ? Action.KEEP : Action.SPARE;
      return new Decision(action, Kind.IMAGE, image.value(), stays.get());
    }
    String why =
        isGood(image)
            ? "enough newer good images are kept"
            : isOvertaken(image) ? "its deployment was overtaken" : "it never served well";
    if (announced != null && now.isBefore(announced)) {
      why += ", and it goes after " + announced;
      return new Decision(Action.KEEP, Kind.IMAGE, image.value(), why);
    }
    Action action = isDue(image) ? Action.DELETE : Action.ANNOUNCE;
    return new Decision(action, Kind.IMAGE, image.value(), why);
  }

  private Optional<String> reasonToStay(ImageName image) {
    if (newest.contains(image)) {
      return Optional.of("it is one of the newest good ones");
    }
    Stream<TemplatePath> own =
        inventory.made().stream()
            .filter(made -> made.image().equals(image))
            .flatMap(
                made ->
                    made.templates().stream().filter(path -> reasonToStay(path, made).isPresent()));
    Stream<TemplatePath> others =
        inventory.booting().stream()
            .filter(template -> template.images().contains(image))
            .map(Listed::path)
            .filter(path -> !ours.contains(path));
    return Stream.concat(own, others).map(path -> path + " boots it").findFirst();
  }

  private @Nullable Instant deleteAfter(ImageName image) {
    return inventory.made().stream()
        .filter(made -> made.image().equals(image))
        .findFirst()
        .orElseThrow()
        .deleteAfter();
  }

  /** Whether it may be deleted now. */
  private boolean isDue(ImageName image) {
    Instant announced = deleteAfter(image);
    return !newest.contains(image)
        && (isOvertaken(image) || announced != null && !now.isBefore(announced));
  }

  private boolean isGood(ImageName image) {
    return Made.latestGood(inventory.made(), image).isPresent();
  }

  private boolean isOvertaken(ImageName image) {
    return !isGood(image)
        && inventory.made().stream()
            .filter(made -> made.image().equals(image) && made.isOwnImage())
            .anyMatch(made -> made.fate() == Made.Fate.OVERTAKEN);
  }
}
