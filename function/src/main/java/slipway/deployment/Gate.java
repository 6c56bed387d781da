package slipway.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import slipway.deployment.Orders.Kind;
import slipway.deployment.Orders.Order;
import slipway.fault.Recalled;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.rollout.Ownership;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.time.CallOver;

/**
 * What people say of a deployment that goes forward: whether it may, must wait, or shall go back.
 */
public final class Gate {
  private final Journal journal;
  private final Target target;
  private final Ownership ownership;

  Gate(Journal journal, Target target, Ownership ownership) {
    this.journal = journal;
    this.target = target;
    this.ownership = ownership;
  }

  /**
   * To be called before each move forward.
   *
   * @throws Recalled if somebody aborted the deployment
   * @throws CallOver if an operator holds the target: a later call goes on once the hold is gone
   */
  public void requireOpen() throws CallOver {
    Set<Kind> there = journal.orders().kinds(target.name());
    if (there.contains(Kind.ABORT)) {
      requireNoAbort();
    }
    Optional<String> hold = hold(there);
    if (hold.isPresent()) {
      journal.write(new Step.HoldMet(hold.get()));
      throw CallOver.waiting(target.name() + " is on hold by " + hold.get() + ".");
    }
    journal.write(new Step.HoldReleased());
  }

  /**
   * To be called before each look, too.
   *
   * @throws Recalled if somebody aborted the deployment
   */
  public void requireNoAbort() {
    Optional<Order> abort = abort();
    if (abort.isPresent()) {
      journal.orders().answer(abort.get(), journal.record().id() + " goes back.");
      throw Recalled.aborted(abort.get().url());
    }
  }

  /**
   * To be called before the target's first group gets the new version everywhere.
   *
   * @throws CallOver if nobody has approved of it yet: a later call goes on
   * @throws Recalled if the time for it is over
   */
  public void requireApproval(GroupPath path) throws CallOver {
    if (!target.approval().required() || !path.equals(target.groups().get(0))) {
      return;
    }
    String url = journal.orders().url(target.name(), Kind.APPROVAL);
    if (url.startsWith("gs://" + journal.record().upload().bucket() + "/")) {
      // A person ordered it, who may approve.
      return;
    }
    Duration within = target.approval().within();
    journal.write(new ApprovalStep.Awaited(path, within, url));
    GroupState group = journal.record().group(path).orElseThrow();
    Optional<Order> approval = approval(group);
    if (approval.isPresent()) {
      journal.orders().answer(approval.get(), journal.record().id() + " goes on.");
      journal.write(new ApprovalStep.Given(path, url));
    } else if (isOver(group)) {
      throw Recalled.notApproved(within.toSeconds() + " s");
    } else {
      throw CallOver.waiting(String.valueOf(journal.record().verdict().message()));
    }
  }

  /** The URL of the operator's hold, if there is one. */
  public Optional<String> hold() {
    return hold(journal.orders().kinds(target.name()));
  }

  /** One at its place in earlier versions counts until it was moved. */
  private Optional<String> hold(Set<Kind> there) {
    if (there.contains(Kind.HOLD)) {
      return Optional.of(journal.orders().url(target.name(), Kind.HOLD));
    }
    return ownership.isTakenOver() ? Optional.empty() : journal.orders().earlierHold(target.name());
  }

  /** Whether somebody aborted the deployment. */
  public boolean isAborted() {
    return abort().isPresent();
  }

  /** Whether a deployment that waits for a person need not wait any more. */
  public boolean isDecided() {
    if (Step.HoldMet.isKnown(journal.record())) {
      // One that was moved meanwhile is told with its new place.
      return !hold().map(Step.HoldMet::new).filter(met -> met.isIn(journal.record())).isPresent();
    }
    return journal.record().groups().stream()
        .filter(group -> group.state() == State.WAITING_FOR_APPROVAL)
        .allMatch(
            group -> !target.approval().required() || isOver(group) || approval(group).isPresent());
  }

  private boolean isOver(GroupState waiting) {
    Instant asked = Objects.requireNonNull(waiting.askedAt());
    return !journal.now().isBefore(asked.plus(target.approval().within()));
  }

  /** One that was written before is of another deployment. */
  private Optional<Order> approval(GroupState waiting) {
    Instant asked = Objects.requireNonNull(waiting.askedAt());
    return journal
        .orders()
        .find(target.name(), Kind.APPROVAL)
        .filter(order -> !order.timeCreated().isBefore(asked))
        .filter(order -> order.content().equals(digest()));
  }

  private String digest() {
    return Objects.requireNonNull(journal.record().artifact()).sha256().hex();
  }

  /** One without content means what was under way when it was written. */
  private Optional<Order> abort() {
    Instant since = journal.record().upload().timeCreated();
    return journal
        .orders()
        .find(target.name(), Kind.ABORT)
        .filter(
            order ->
                order.content().isEmpty()
                    ? !order.timeCreated().isBefore(since)
                    : order.content().equals(journal.record().id()));
  }
}
