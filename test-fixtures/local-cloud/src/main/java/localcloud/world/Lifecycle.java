package localcloud.world;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.InstanceTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Leads the members of one group through their lives, one timed step after the other. */
final class Lifecycle {
  private final Estate estate;
  private final Supplies supplies;
  private final Group group;

  Lifecycle(Estate estate, Supplies supplies, Group group) {
    this.estate = estate;
    this.supplies = supplies;
    this.group = group;
  }

  /** Makes its machine, however often it takes. */
  void create(Member member) {
    try {
      InstanceTemplate template = supplies.templates().referred(member.version().template());
      disk(template);
      member.provision(new Vm(group.form(member, template)));
      later(member, estate.pace().machineStart(), () -> run(member, template));
    } catch (OperationFailed refused) {
      later(member, estate.pace().machineStart(), () -> fail(member, refused));
    }
  }

  private void run(Member member, InstanceTemplate template) {
    Instant now = estate.schedule().now();
    try {
      Machines.Spec spec = new Machines.Spec(member.name(), disk(template), now);
      member.vm().orElseThrow().runs(supplies.machines().start(spec), now);
    } catch (OperationFailed refused) {
      fail(member, refused);
      return;
    }
    member.running(check().isPresent(), now);
    later(member, interval(), () -> watch(member));
    group.settle();
  }

  private void fail(Member member, OperationFailed refused) {
    Errors error =
        Errors.newBuilder()
            .setCode(refused.code())
            .setMessage(String.valueOf(refused.getMessage()))
            .build();
    member.fail(error);
    group.note(member, error);
    later(member, estate.pace().creationRetry(), () -> create(member));
  }

  private Path disk(InstanceTemplate template) {
    String image =
        template.getProperties().getDisksList().stream()
            .filter(AttachedDisk::getBoot)
            .findFirst()
            .orElseThrow()
            .getInitializeParams()
            .getSourceImage();
    return supplies.images().disk(image);
  }

  /** Looks at a running machine, and again after a while. */
  private void watch(Member member) {
    Vm vm = member.vm().orElseThrow();
    Instant now = estate.schedule().now();
    Machine machine = vm.machine().orElseThrow();
    if (!machine.running(now)) {
      vm.stops("TERMINATED");
      recreate(member, member.version());
      group.settle();
      return;
    }
    later(member, interval(), () -> watch(member));
    check()
        .ifPresent(
            check ->
                machine
                    .probe(check, now)
                    .whenCompleteAsync(
                        (reply, fault) ->
                            learn(member, machine, fault == null ? reply : Machine.Reply.NONE),
                        estate.door()));
  }

  /** Takes the reply to a probe, if it is still of this machine. */
  private void learn(Member member, Machine machine, Machine.Reply reply) {
    if (member.vm().flatMap(Vm::machine).filter(machine::equals).isEmpty() || member.leaving()) {
      return;
    }
    check().ifPresent(check -> member.health().add(reply, check));
    if (member.action() == Member.Action.VERIFYING && verified(member)) {
      member.verified();
      group.settle();
    }
    if (toHeal(member)) {
      recreate(member, member.version());
      group.settle();
    }
  }

  private boolean verified(Member member) {
    return check().isEmpty() || member.health().state() == HealthTally.State.HEALTHY;
  }

  /** Failures are ignored during the initial delay, which the first success ends. */
  private boolean toHeal(Member member) {
    if (check().isEmpty() || !member.health().state().bad()) {
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
    member.vm().ifPresent(vm -> vm.stops("STOPPING"));
    Duration takes = member.vm().isPresent() ? estate.pace().machineStop() : Duration.ZERO;
    later(member, takes, () -> group.forget(member));
  }

  /** Deletes its machine and makes a new one of this version under the same name. */
  void recreate(Member member, VersionKey version) {
    member.restart(version);
    member.vm().filter(vm -> !vm.is("TERMINATED")).ifPresent(vm -> vm.stops("STOPPING"));
    later(member, estate.pace().machineStop(), () -> create(member));
  }

  private Optional<HealthCheck> check() {
    return group
        .intent()
        .healing()
        .map(policy -> supplies.checks().referred(policy.getHealthCheck()));
  }

  private Duration interval() {
    return check()
        .map(check -> Duration.ofSeconds(check.getCheckIntervalSec()))
        .orElse(estate.pace().watch());
  }

  /** Happens unless the member's life has taken another turn by then. */
  private void later(Member member, Duration delay, Runnable what) {
    int life = member.life();
    estate
        .schedule()
        .in(
            delay,
            () -> {
              if (member.life() == life) {
                what.run();
              }
            });
  }
}
