package slipway;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.deployment.CallContext;
import slipway.deployment.Journal;
import slipway.deployment.Orders.Order;
import slipway.fault.Misconfigured;
import slipway.record.DeploymentRecord;
import slipway.record.DeploymentRecord.Artifact;
import slipway.record.DeploymentRecord.MadeImage;
import slipway.record.Records;
import slipway.record.Stage;
import slipway.rollout.Made;
import slipway.rollout.TargetState.Owner;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;

/** Makes a deployment of an image that served well before, and is still there. */
final class RollBack {
  private final Stages stages;
  private final CallContext context;
  private final Settings settings;
  private final List<Records.Stored> open;

  /**
   * Of one sweep.
   *
   * @param open what is open
   */
  RollBack(Stages stages, CallContext context, Settings settings, List<Records.Stored> open) {
    this.open = open;
    this.stages = stages;
    this.context = context;
    this.settings = settings;
  }

  /**
   * What became of an order.
   *
   * @param begun whether a deployment goes back by it
   * @param text for whoever wrote it
   */
  record Outcome(boolean begun, String text) {
    static Outcome refused(String why) {
      return new Outcome(false, "refused: " + why);
    }
  }

  /**
   * Begins the deployment that the order asks for, or finds that it was begun.
   *
   * @param sweep the sweep's number
   */
  Outcome begin(Order order, Target target, long sweep) throws CallOver {
    Optional<Made> chosen = chosen(order, target);
    if (chosen.isEmpty()) {
      return Outcome.refused(nothing(order, target));
    }
    Made good = chosen.get();
    try {
      stages.image().made(good.image());
    } catch (Misconfigured gone) {
      return Outcome.refused(gone.whole());
    }
    Journal journal = Journal.begin(context, first(order, target, good));
    if (journal.record().isOpen()) {
      journal.release();
      context.handoffs().writeAgain(journal.record().handoff(), sweep);
    }
    DeploymentRecord record = journal.record();
    return new Outcome(
        true,
        record.id()
            + " goes back to "
            + good.image()
            + ", which "
            + good.deployment()
            + " deployed; its record is gs://"
            + settings.buckets().records()
            + "/deployments/"
            + record.upload().object()
            + "/"
            + record.upload().generation()
            + ".json");
  }

  /** The order stands in the place of an upload, and the image is made. */
  private DeploymentRecord first(Order order, Target target, Made good) {
    Upload upload =
        new Upload(
            settings.buckets().proven(),
            "orders/" + target.name() + "/" + order.name(),
            order.generation(),
            order.timeCreated(),
            0,
            "",
            null,
            Map.of("roll-back", good.deployment()));
    Instant now = context.time().now();
    return DeploymentRecord.received(
            DeploymentId.of(target.name(), upload), target.name(), upload, now)
        .with(new Artifact(good.sha256(), 0, null))
        .with(new MadeImage(good.image(), true))
        .reaching(Stage.IMAGE_READY, now);
  }

  /** The one that the order names; or what served before the bytes that are there now. */
  private Optional<Made> chosen(Order order, Target target) {
    List<Made> all = good(target);
    if (!order.content().isEmpty()) {
      return all.stream().filter(one -> one.deployment().equals(order.content())).findFirst();
    }
    Sha256 present = present(target, all);
    Optional<Made> first =
        all.stream().filter(one -> one.sha256().equals(present)).reduce((later, before) -> before);
    return all.stream()
        .filter(one -> !one.sha256().equals(present))
        .filter(one -> first.isEmpty() || one.since().isBefore(first.get().since()))
        .findFirst();
  }

  private String nothing(Order order, Target target) {
    List<String> ids = good(target).stream().map(Made::deployment).toList();
    String there = ids.isEmpty() ? "none" : String.join(", ", ids);
    return order.content().isEmpty()
        ? "no earlier version of " + target.name() + " served well; those that did: " + there
        : "expected nothing, or the id of a deployment that served well, of "
            + there
            + "; found "
            + order.content();
  }

  /** Those that served well, the latest first. */
  private List<Made> good(Target target) {
    return stages.states().find(target.name()).state().known().stream()
        .filter(Made::isGood)
        .sorted(Comparator.comparing(Made::since).reversed())
        .toList();
  }

  /** Of what is under way, or else of what came to a good end last. */
  private @Nullable Sha256 present(Target target, List<Made> all) {
    Optional<Sha256> underWay =
        open.stream()
            .map(Records.Stored::record)
            .filter(record -> target.name().equals(record.target()) && record.isPatched())
            .filter(record -> record.stage().compareTo(Stage.ROLLING_BACK) < 0)
            .flatMap(record -> Stream.ofNullable(record.artifact()))
            .map(Artifact::sha256)
            .findFirst();
    Owner last = stages.states().find(target.name()).state().good();
    return underWay.orElseGet(
        () ->
            all.stream()
                .filter(one -> last != null && one.deployment().equals(last.deployment()))
                .map(Made::sha256)
                .findFirst()
                .orElse(null));
  }
}
