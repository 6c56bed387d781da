package localcloud.world.groups;

import com.google.cloud.compute.v1.HealthCheck;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Vm;
import localcloud.world.operations.Estate;

/**
 * Asks the machines of one group, for each health check at its own interval. One question serves
 * the group's autohealing and every balancer that goes by the same check.
 */
final class Probing {
  private final Estate estate;
  private final Supplies supplies;
  private final Group group;
  private final Consumer<Member> learnt;

  /**
   * Starts idle.
   *
   * @param learnt is told of a member after each reply of its machine
   */
  Probing(Estate estate, Supplies supplies, Group group, Consumer<Member> learnt) {
    this.estate = estate;
    this.supplies = supplies;
    this.group = group;
    this.learnt = learnt;
  }

  /** Begins with the checks that it is not asked for yet. */
  void follow(Member member) {
    checks().stream().filter(member::follow).forEach(check -> askLater(member, check));
  }

  /** The links of the health checks that the group's instances are asked for. */
  private Set<String> checks() {
    Set<String> checks = new TreeSet<>(supplies.balancers().checks(group.instanceGroup()));
    group.intent().healing().ifPresent(policy -> checks.add(policy.getHealthCheck()));
    return checks;
  }

  private void askLater(Member member, String link) {
    Duration interval = Duration.ofSeconds(supplies.checks().referred(link).getCheckIntervalSec());
    estate.schedule().in(interval, member.inThisLife(() -> ask(member, link)));
  }

  private void ask(Member member, String link) {
    if (!checks().contains(link)) {
      member.unfollow(link);
      learnt.accept(member);
      return;
    }
    askLater(member, link);
    if (!member.mayAsk(link)) {
      return;
    }
    Machine machine = member.vm().flatMap(Vm::machine).orElseThrow();
    HealthCheck check = supplies.checks().referred(link);
    int life = member.life();
    machine
        .probe(check, estate.schedule().now())
        .whenCompleteAsync(
            (reply, fault) -> {
              if (member.life() == life) {
                member.learn(check, fault == null ? reply : Machine.Reply.NONE);
                learnt.accept(member);
              }
            },
            estate.door());
  }
}
