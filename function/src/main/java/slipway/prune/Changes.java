package slipway.prune;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.deployment.Deployment;
import slipway.fault.Fault;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.prune.Decision.Action;
import slipway.prune.Decision.Kind;
import slipway.rollout.Made;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallOver;

/** Changes one thing after the other, and remembers what came of it. */
final class Changes {
  private final Images images;
  private final Templates templates;
  private final Deployment deployment;
  private final Inventory inventory;
  private final Set<TemplatePath> goneTemplates = new HashSet<>();
  private final Set<ImageName> goneImages = new HashSet<>();
  private final Map<ImageName, Optional<Instant>> dates = new HashMap<>();

  Changes(Images images, Templates templates, Deployment deployment, Inventory inventory) {
    this.images = images;
    this.templates = templates;
    this.deployment = deployment;
    this.inventory = inventory;
  }

  /** As long as the call lasts and no later upload owns the target. */
  void makeAll(List<Decision> plan) {
    for (Decision decision : plan) {
      try {
        if (decision.action() != Action.KEEP) {
          if (deployment.time().isOver() || deployment.ownership().isLost()) {
            return;
          }
          make(decision);
        }
      } catch (CallOver over) {
        return;
      } catch (IOException | RuntimeException failed) {
        failed(deployment, decision.name(), failed);
      }
    }
  }

  /** What Compute refuses is logged and left. */
  void make(Decision decision) throws IOException, CallOver {
    try {
      deployment.time().beat();
      if (decision.kind() == Kind.TEMPLATE) {
        TemplatePath path = new TemplatePath(decision.name());
        done(decision, templates.delete(path) && goneTemplates.add(path));
        return;
      }
      ImageName image = new ImageName(decision.name());
      Optional<Images.Facts> there = images.find(image);
      if (there.isPresent()) {
        change(decision, image, there.get().deleteAfter());
      } else {
        goneImages.add(image);
      }
    } catch (Fault | OperationFailed refused) {
      failed(deployment, decision.name(), refused);
    }
  }

  /** By the date that Compute tells: somebody may have taken an announcement back. */
  private void change(Decision decision, ImageName image, @Nullable Instant date)
      throws IOException, CallOver {
    if (decision.action() == Action.DELETE && (date != null || !isAnnounced(image))) {
      boolean free = !isBooted(image);
      if (free) {
        images.delete(image);
      }
      done(decision, free && goneImages.add(image));
      return;
    }
    boolean spared = decision.action() == Action.SPARE;
    Instant next = deployment.time().now().plus(Retention.GRACE);
    Instant goes = spared ? null : Objects.requireNonNullElse(date, next);
    if (!Objects.equals(goes, date)) {
      images.deprecate(image, serving(), goes);
    }
    dates.put(image, Optional.ofNullable(goes));
    Action action = spared ? Action.SPARE : Action.ANNOUNCE;
    done(new Decision(action, Kind.IMAGE, image.value(), decision.reason()), true);
  }

  private boolean isAnnounced(ImageName image) {
    return inventory.made().stream()
        .anyMatch(one -> one.image().equals(image) && one.deleteAfter() != null);
  }

  private boolean isBooted(ImageName image) {
    return inventory.booting().stream()
        .filter(one -> !goneTemplates.contains(one.path()))
        .anyMatch(one -> one.images().contains(image));
  }

  private String serving() {
    return images.find(deployment.image().orElseThrow()).orElseThrow().url();
  }

  /** What was made and is still to be remembered afterwards. */
  List<Made> rest(List<Made> made) {
    List<Made> changed =
        made.stream()
            .map(one -> one.with(left(one.templates())))
            .map(one -> dates.containsKey(one.image()) ? dated(one) : one)
            .toList();
    return changed.stream().filter(one -> isRemembered(one, changed)).toList();
  }

  private List<TemplatePath> left(List<TemplatePath> paths) {
    return paths.stream().filter(path -> !goneTemplates.contains(path)).toList();
  }

  private Made dated(Made made) {
    return made.deletedAfter(dates.getOrDefault(made.image(), Optional.empty()).orElse(null));
  }

  /**
   * While one of its templates is there, or it stands for its image; for a day also one that came
   * to no good end: a call that stood still may make something yet.
   */
  private boolean isRemembered(Made made, List<Made> all) {
    boolean standsForImage =
        made.isOwnImage() || Made.latestGood(all, made.image()).filter(made::equals).isPresent();
    return !made.templates().isEmpty()
        || standsForImage && !goneImages.contains(made.image())
        || !made.isGood() && Retention.isFresh(made, deployment.time().now());
  }

  private void done(Decision decision, boolean done) {
    String message =
        done ? decision.toString() : "leave " + decision.name() + ": something still uses it";
    deployment.log(
        AuditLine.info("prune.done", message)
            .with("action", done ? decision.action().toString() : "leave")
            .with(decision.kind().toString(), decision.name())
            .with("reason", decision.reason()));
  }

  static void failed(Deployment deployment, String what, Exception failed) {
    String message = what + " is not pruned this time: " + failed;
    deployment.log(new AuditLine(Severity.WARNING, "prune.failed", message, Map.of()));
  }
}
