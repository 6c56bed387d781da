package localcloud.world.groups;

import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localcloud.world.instances.HealthTally;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Vm;
import localcloud.world.operations.Change;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Ids;
import localcloud.world.refusals.OperationFailed;

/** Leads the members of one group through their lives, one timed step after the other. */
final class Lifecycle {
  private final Estate estate;
  private final Supplies supplies;
  private final Group group;
  private final Probing probing;
  private final Maker maker;
  private final Mishaps mishaps = new Mishaps();

  Lifecycle(Estate estate, Supplies supplies, Group group) {
    this.estate = estate;
    this.supplies = supplies;
    this.group = group;
    this.maker = new Maker(estate, supplies, group);
    this.probing = new Probing(estate, supplies, group, this::judge);
  }

  /** What went wrong lately, newest first. */
  List<InstanceManagedByIgmError> errors() {
    return mishaps.list();
  }

  /** Makes its machine, however often it takes. */
  void create(Member member) {
    try {
      member.provision(maker.make(member));
      later(member, estate.pace().machineStart(), () -> run(member));
    } catch (OperationFailed refused) {
      later(member, estate.pace().machineStart(), () -> fail(member, refused));
    }
  }

  /** Gives it an instance that is suspended or stopped from the start. */
  void stock(Member member, Rest kind) {
    member.rest(maker.stock(member, kind.status));
  }

  private void run(Member member) {
    Instant now = estate.schedule().now();
    try {
      maker.start(member, member.vm().orElseThrow(), now);
    } catch (OperationFailed refused) {
      fail(member, refused);
      return;
    } catch (UncheckedIOException broken) {
      fail(member, new OperationFailed("INTERNAL_ERROR", 503, "Internal error: " + broken));
      return;
    }
    member.running(group.intent().healing().isPresent(), now);
    probing.follow(member);
    later(member, estate.pace().watch(), () -> watch(member));
    group.settle();
  }

  private void fail(Member member, OperationFailed refused) {
    member.fail(refused.error());
    mishaps.add(member, group.link(member), refused.error(), Ids.time(estate.schedule().now()));
    later(member, estate.pace().creationRetry(), () -> create(member));
  }

  /**
   * Takes it out of service and lets it stand by.
   *
   * @param atOnce whether the standby policy's initial delay does not count
   */
  void rest(Member member, Rest kind, boolean atOnce) {
    Vm vm = member.vm().orElseThrow();
    Instant now = estate.schedule().now();
    int delay = group.intent().asked().getStandbyPolicy().getInitialDelaySec();
    Duration wait = Duration.between(now, vm.born().plusSeconds(atOnce ? 0 : delay));
    member.begin(kind.begin.action());
    later(
        member,
        wait.isNegative() ? Duration.ZERO : wait,
        () ->
            drain(
                member,
                kind.onTheWay,
                () -> {
                  vm.becomes(kind.status);
                  member.rest(vm);
                  group.settle();
                }));
  }

  /** Lets it run again: a machine keeps its disk, and boots. */
  void wake(Member member, Rest kind) {
    member.begin(kind.end.action());
    member.provision(member.vm().orElseThrow());
    member.vm().ifPresent(vm -> vm.becomes("STAGING"));
    later(member, estate.pace().machineStart(), () -> run(member));
  }

  /** Gives it other labels and metadata while it runs on. */
  void refresh(Member member, VersionKey version) {
    member.refresh(version);
    member.vm().ifPresent(vm -> maker.refresh(member, vm));
    later(
        member,
        estate.pace().change(),
        () -> {
          member.refreshed();
          group.settle();
        });
  }

  /**
   * Looks whether a machine still runs, and again after a while: a group repairs one that has ended
   * without waiting for a health check.
   */
  private void watch(Member member) {
    Vm vm = member.vm().orElseThrow();
    Instant now = estate.schedule().now();
    Machine machine = vm.machine().orElseThrow();
    if (!machine.running(now)) {
      if (vm.spot() && machine.preempted(now)) {
        preempted(member, vm);
      }
      vm.stops("TERMINATED");
      member.restart(member.version());
      later(member, estate.pace().change(), () -> create(member));
      group.settle();
      return;
    }
    probing.follow(member);
    later(member, estate.pace().watch(), () -> watch(member));
  }

  /** A zone's operations tell it, and nothing else does: create-use-spot#detect-preemption. */
  private void preempted(Member member, Vm vm) {
    Change change =
        new Change(
            member.zone(),
            "compute.instances.preempted",
            group.link(member),
            vm.resource().getId());
    estate.operations().event(change, "Instance was preempted.");
  }

  /** Acts on what the health check has come to. */
  private void judge(Member member) {
    if (member.action() == Member.Action.VERIFYING && verified(member)) {
      member.verified();
      group.settle();
    }
    if (toHeal(member)) {
      // No draining: whoever still talks to it gets no good answer.
      member.restart(member.version());
      stop(member, "STOPPING", () -> create(member));
      group.settle();
    }
  }

  private boolean verified(Member member) {
    return health(member).map(state -> state == HealthTally.State.HEALTHY).orElse(true);
  }

  /** What the autohealing check says; empty if there is none. */
  private Optional<HealthTally.State> health(Member member) {
    return group.intent().healing().map(policy -> member.health(policy.getHealthCheck()));
  }

  /** Failures are ignored during the initial delay, which the first success ends. */
  private boolean toHeal(Member member) {
    if (!health(member).map(HealthTally.State::bad).orElse(false)) {
      return false;
    }
    Instant patientUntil =
        member.since().plusSeconds(group.intent().healing().orElseThrow().getInitialDelaySec());
    boolean patience = member.action() == Member.Action.VERIFYING;
    return !patience || !estate.schedule().now().isBefore(patientUntil);
  }

  /** Deletes its machine, if any, and then lets the group forget it. */
  void delete(Member member) {
    member.leave();
    drain(member, "STOPPING", () -> group.forget(member));
  }

  /** Deletes its machine and makes a new one of this version under the same name. */
  void recreate(Member member, VersionKey version) {
    member.restart(version);
    drain(member, "STOPPING", () -> create(member));
  }

  /**
   * Stops its machine once its requests in flight had the backend services' draining time: "If the
   * backend is a managed instance group, operations that delete the instance are delayed by at
   * least" that long (enabling-connection-draining), whether or not a connection is open.
   */
  private void drain(Member member, String onTheWay, Runnable then) {
    Duration draining = supplies.balancers().draining(group.instanceGroup());
    if (draining.isZero() || !member.draining()) {
      stop(member, onTheWay, then);
    } else {
      later(member, draining, () -> stop(member, onTheWay, then));
    }
  }

  private void stop(Member member, String onTheWay, Runnable then) {
    member.vm().filter(vm -> !vm.is("TERMINATED")).ifPresent(vm -> vm.stops(onTheWay));
    later(member, member.vm().isPresent() ? estate.pace().machineStop() : Duration.ZERO, then);
  }

  /** Happens unless the member's life has taken another turn by then. */
  private void later(Member member, Duration delay, Runnable what) {
    estate.schedule().in(delay, member.inThisLife(what));
  }
}
