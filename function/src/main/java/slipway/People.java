package slipway;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.deployment.CallContext;
import slipway.deployment.Orders.Kind;
import slipway.deployment.Orders.Order;
import slipway.fault.Printable;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState.State;
import slipway.record.Records;
import slipway.record.Stage;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;

/**
 * Orders that no deployment answers itself: those that nobody can follow, and those to go back. An
 * answer stands beside the order, where whoever wrote it may read; the order is left as it is.
 */
final class People {
  private final CallContext context;
  private final Settings settings;
  private final List<Records.Stored> open;
  private final RollBack rollBack;

  /**
   * Of one sweep.
   *
   * @param open what is open
   */
  People(Stages stages, CallContext context, Settings settings, List<Records.Stored> open) {
    this.context = context;
    this.settings = settings;
    this.open = open;
    this.rollBack = new RollBack(stages, context, settings, open);
  }

  /**
   * Answers each order once; one that another call is about to follow is left to it.
   *
   * @param sweep the sweep's number
   */
  void answer(long sweep) {
    for (Order order : context.orders().unanswered()) {
      try {
        answer(order, sweep);
      } catch (CallOver followed) {
        // The next sweep finds it answered.
      }
    }
  }

  private void answer(Order order, long sweep) throws CallOver {
    Optional<String> refusal = refusal(order);
    if (refusal.isPresent()) {
      answer(order, "refused: " + refusal.get(), Severity.WARNING, "order.refused");
    } else if (isA(order, Kind.ROLL_BACK)) {
      Target target = settings.targets().named(order.target()).orElseThrow();
      RollBack.Outcome outcome = rollBack.begin(order, target, sweep);
      answer(
          order,
          outcome.text(),
          outcome.begun() ? Severity.NOTICE : Severity.WARNING,
          outcome.begun() ? "order.taken" : "order.refused");
    }
  }

  private void answer(Order order, String text, Severity severity, String event) {
    String whole = Printable.whole(text);
    context.orders().answer(order, whole);
    context
        .audit()
        .write(
            new AuditLine(severity, event, order.url() + ": " + whole, Map.of())
                .with("target", order.target())
                .with("order", order.url())
                .with("generation", Long.toString(order.generation())));
  }

  /** Why nobody can follow the order; empty if somebody can, or does. */
  private Optional<String> refusal(Order order) {
    if (settings.targets().named(order.target()).isEmpty()) {
      return Optional.of(
          "expected orders/<target>/<order> with one of the targets "
              + settings.targets().all().stream().map(Target::name).collect(joining(", "))
              + "; found "
              + order.target());
    }
    List<DeploymentRecord> going =
        open.stream()
            .map(Records.Stored::record)
            .filter(record -> order.target().equals(record.target()))
            .filter(record -> record.stage().compareTo(Stage.ROLLING_BACK) < 0)
            .toList();
    if (isA(order, Kind.APPROVAL)) {
      return approval(order, going);
    }
    if (isA(order, Kind.ABORT)) {
      return abort(order, going);
    }
    return isA(order, Kind.HOLD) || isA(order, Kind.ROLL_BACK)
        ? Optional.empty()
        : Optional.of(
            "expected one of the orders "
                + Arrays.stream(Kind.values()).map(Kind::toString).collect(joining(", "))
                + "; found "
                + order.name());
  }

  private Optional<String> approval(Order order, List<DeploymentRecord> going) {
    List<DeploymentRecord> waiting = going.stream().filter(People::isWaiting).toList();
    if (waiting.isEmpty()) {
      return Optional.of(
          "no deployment of "
              + order.target()
              + " waits for approval; write it again once its record says waiting-for-approval");
    }
    List<String> digests = waiting.stream().map(People::digest).toList();
    if (!digests.contains(order.content())) {
      return Optional.of(
          "expected the digest that waits, "
              + String.join(" or ", digests)
              + "; found "
              + shown(order));
    }
    return since(order, waiting)
        ? Optional.empty()
        : Optional.of("it is older than the wait; write it again");
  }

  private static boolean since(Order order, List<DeploymentRecord> waiting) {
    return waiting.stream()
        .flatMap(record -> record.groups().stream())
        .anyMatch(
            group -> group.askedAt() != null && !order.timeCreated().isBefore(group.askedAt()));
  }

  private static Optional<String> abort(Order order, List<DeploymentRecord> going) {
    Predicate<DeploymentRecord> meant =
        order.content().isEmpty()
            ? record -> !order.timeCreated().isBefore(record.upload().timeCreated())
            : record -> record.id().equals(order.content());
    if (going.stream().anyMatch(meant)) {
      return Optional.empty();
    }
    return Optional.of(
        going.isEmpty()
            ? "no deployment of " + order.target() + " is under way that does not go back already"
            : "expected nothing, or the id of what is under way, "
                + going.stream().map(DeploymentRecord::id).collect(joining(" or "))
                + "; found "
                + shown(order));
  }

  private static boolean isWaiting(DeploymentRecord record) {
    return record.groups().stream().anyMatch(group -> group.state() == State.WAITING_FOR_APPROVAL);
  }

  private static String digest(DeploymentRecord record) {
    return record.artifact() == null ? "" : record.artifact().sha256().hex();
  }

  private static String shown(Order order) {
    return order.content().isEmpty() ? "nothing" : order.content();
  }

  private static boolean isA(Order order, Kind kind) {
    return order.name().equals(kind.toString());
  }
}
