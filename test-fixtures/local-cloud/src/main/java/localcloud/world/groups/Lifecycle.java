package localcloud.world.groups;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceTemplate;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import localcloud.world.instances.Board;
import localcloud.world.instances.HealthTally;
import localcloud.world.instances.InstanceForm;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;
import localcloud.world.instances.Vm;
import localcloud.world.operations.Change;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Obstacles;
import localcloud.world.refusals.OperationFailed;

/** Leads the members of one group through their lives, one timed step after the other. */
final class Lifecycle {
  private final Estate estate;
  private final Supplies supplies;
  private final Group group;
  private final Probing probing;

  Lifecycle(Estate estate, Supplies supplies, Group group) {
    this.estate = estate;
    this.supplies = supplies;
    this.group = group;
    this.probing = new Probing(estate, supplies.checks(), group, this::judge);
  }

  /** Makes its machine, however often it takes. */
  void create(Member member) {
    try {
      InstanceTemplate template = supplies.templates().referred(member.version().template());
      Image image = supplies.images().booted(boot(template));
      hinder(member, template);
      member.provision(new Vm(Board.checked(form(member, template), image)));
      later(member, estate.pace().machineStart(), () -> run(member, template));
    } catch (OperationFailed refused) {
      later(member, estate.pace().machineStart(), () -> fail(member, refused));
    }
  }

  /** Gives it an instance that is suspended or stopped from the start. */
  void stock(Member member, String status) {
    InstanceTemplate template = supplies.templates().referred(member.version().template());
    Vm vm = new Vm(form(member, template));
    vm.becomes(status);
    member.rest(vm);
  }

  private Instance form(Member member, InstanceTemplate template) {
    return InstanceForm.of(
        estate.newborn(group.link(member)),
        member.zone(),
        template,
        new InstanceForm.Origin(
            group.identity().born().selfLink(), template.getSelfLink(), number(member)));
  }

  private static long number(Member member) {
    return Math.floorMod((long) member.name().hashCode(), 4000L);
  }

  private void hinder(Member member, InstanceTemplate template) {
    Optional<OperationFailed> obstacle =
        estate
            .obstacles()
            .creation(
                new Obstacles.Attempt(
                    member.name(), member.zone(), group.name(), template.getName()));
    if (obstacle.isPresent()) {
      throw obstacle.get();
    }
  }

  private void run(Member member, InstanceTemplate template) {
    Instant now = estate.schedule().now();
    try {
      Vm vm = member.vm().orElseThrow();
      Path disk = supplies.images().disk(boot(template));
      Board board = Board.of(vm.resource());
      Machines.Spec spec = new Machines.Spec(member.name(), disk, board, now, template.getName());
      vm.runs(supplies.machines().start(spec), now, disk);
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
    group.note(member, refused.error());
    later(member, estate.pace().creationRetry(), () -> create(member));
  }

  private static AttachedDiskInitializeParams boot(InstanceTemplate template) {
    return template.getProperties().getDisksList().stream()
        .filter(AttachedDisk::getBoot)
        .findFirst()
        .orElseThrow()
        .getInitializeParams();
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
      stop(member, () -> create(member));
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
    drain(member, () -> group.forget(member));
  }

  /** Deletes its machine and makes a new one of this version under the same name. */
  void recreate(Member member, VersionKey version) {
    member.restart(version);
    drain(member, () -> create(member));
  }

  /**
   * Stops its machine once its requests in flight had the backend services' draining time: "If the
   * backend is a managed instance group, operations that delete the instance are delayed by at
   * least" that long (enabling-connection-draining), whether or not a connection is open.
   */
  private void drain(Member member, Runnable then) {
    Duration draining = supplies.balancers().draining(group.instanceGroup());
    if (draining.isZero() || !member.draining()) {
      stop(member, then);
    } else {
      later(member, draining, () -> stop(member, then));
    }
  }

  private void stop(Member member, Runnable then) {
    member.vm().filter(vm -> !vm.is("TERMINATED")).ifPresent(vm -> vm.stops("STOPPING"));
    later(member, member.vm().isPresent() ? estate.pace().machineStop() : Duration.ZERO, then);
  }

  /** Happens unless the member's life has taken another turn by then. */
  private void later(Member member, Duration delay, Runnable what) {
    estate.schedule().in(delay, member.inThisLife(what));
  }
}
