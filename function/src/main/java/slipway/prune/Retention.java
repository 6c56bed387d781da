package slipway.prune;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.prune.Decision.Action;
import slipway.prune.Decision.Kind;
import slipway.record.Records.Entry;
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
  private final Map<String, Entry> makers;
  private final Map<ImageName, Instant> goodSince;
  private final Set<ImageName> newest;

  private Retention(Inventory inventory, int keep, Instant now) {
    this.inventory = inventory;
    this.now = now;
    makers =
        inventory.deployments().stream()
            .collect(toMap(Entry::id, Function.identity(), (one, other) -> one));
    goodSince =
        inventory.deployments().stream()
            .filter(entry -> entry.isGood() && entry.image() != null)
            .collect(
                toMap(
                    Entry::image,
                    Entry::since,
                    BinaryOperator.maxBy(Comparator.<Instant>naturalOrder())));
    newest =
        inventory.images().stream()
            .map(Images.Facts::name)
            .filter(name -> makers.containsKey(name.value()) && goodSince.containsKey(name))
            .sorted(Comparator.comparing((ImageName name) -> goodSince.get(name)).reversed())
            .limit(keep)
            .collect(toSet());
  }

  /**
   * One decision for each image and template that the target's deployments made, templates first.
   *
   * @param keep how many good images stay in any case
   */
  public static List<Decision> decide(Inventory inventory, int keep, Instant now) {
    Retention retention = new Retention(inventory, keep, now);
    List<Decision> decisions = new ArrayList<>();
    inventory.templates().forEach(one -> retention.template(one).ifPresent(decisions::add));
    inventory.images().forEach(one -> retention.image(one).ifPresent(decisions::add));
    return List.copyOf(decisions);
  }

  private Optional<Decision> template(Listed template) {
    return maker(template)
        .map(
            maker -> {
              Optional<String> stays = reasonToStay(template, maker).or(() -> withImage(maker));
              return new Decision(
                  stays.isPresent() ? Action.KEEP : Action.DELETE,
                  Kind.TEMPLATE,
                  template.path().value(),
                  stays.orElse(
                      maker.isOvertaken()
                          ? "its deployment was overtaken"
                          : "nothing can need it any more"));
            });
  }

  /** Which of the deployments made it; empty if it is not ours. */
  private Optional<Entry> maker(Listed template) {
    String name = template.path().name();
    return name.matches(".*-[0-9a-z]{4}")
        ? Optional.ofNullable(makers.get(name.substring(0, name.length() - "-xxxx".length())))
        : Optional.empty();
  }

  /** What keeps it whatever becomes of its image. */
  private Optional<String> reasonToStay(Listed template, Entry maker) {
    if (inventory.needed().contains(template.path())) {
      return Optional.of("a group holds it or may go back to it, or it is cloned");
    }
    boolean fresh = now.isBefore(maker.since().plus(GRACE));
    return !maker.isGood() && !maker.isOvertaken() && fresh
        ? Optional.of("its deployment ended less than a day ago")
        : Optional.empty();
  }

  /** The template of a good deployment stays as long as its image does. */
  private Optional<String> withImage(Entry maker) {
    return inventory.images().stream()
        .filter(image -> maker.isGood() && image.name().equals(maker.image()) && !isDue(image))
        .map(image -> "its image " + image.name() + " stays")
        .findFirst();
  }

  private Optional<Decision> image(Images.Facts image) {
    if (!makers.containsKey(image.name().value())) {
      return Optional.empty();
    }
    Optional<String> stays = reasonToStay(image);
    if (stays.isPresent()) {
      Action action = image.deleteAfter() == null ? Action.KEEP : Action.SPARE;
      return Optional.of(new Decision(action, Kind.IMAGE, image.name().value(), stays.get()));
    }
    String why =
        goodSince.containsKey(image.name())
            ? "enough newer good images are kept"
            : isOvertaken(image) ? "its deployment was overtaken" : "it never served well";
    Instant announced = image.deleteAfter();
    if (announced != null && now.isBefore(announced)) {
      why += ", and it goes after " + announced;
      return Optional.of(new Decision(Action.KEEP, Kind.IMAGE, image.name().value(), why));
    }
    Action action = isDue(image) ? Action.DELETE : Action.ANNOUNCE;
    return Optional.of(new Decision(action, Kind.IMAGE, image.name().value(), why));
  }

  private Optional<String> reasonToStay(Images.Facts image) {
    if (newest.contains(image.name())) {
      return Optional.of("it is one of the newest good ones");
    }
    return inventory.templates().stream()
        .filter(template -> template.images().contains(image.name()))
        .filter(
            template ->
                maker(template)
                    .map(maker -> reasonToStay(template, maker).isPresent())
                    .orElse(true))
        .map(template -> template.path() + " boots it")
        .findFirst();
  }

  /** Whether it may be deleted now. */
  private boolean isDue(Images.Facts image) {
    Instant announced = image.deleteAfter();
    return !newest.contains(image.name())
        && (isOvertaken(image) || announced != null && !now.isBefore(announced));
  }

  private boolean isOvertaken(Images.Facts image) {
    return Optional.ofNullable(makers.get(image.name().value()))
            .filter(Entry::isOvertaken)
            .isPresent()
        && !goodSince.containsKey(image.name());
  }
}
