package localcloud.world.autoscalers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import localcloud.world.groups.Group;
import localcloud.world.groups.Member;
import localcloud.world.instances.Vm;
import localcloud.world.places.Links;
import localcloud.world.places.Places;

/** How busy a group's machines are. */
final class Load {
  /**
   * What one machine shows.
   *
   * @param share of its vCPUs in use, from 0 to 1
   * @param initialised whether its initialization period is over
   */
  record Reading(double share, boolean initialised) {}

  private Load() {}

  /**
   * One reading for each machine that runs and can tell; the group's demand is on those that serve.
   *
   * @param initialization from RUNNING until a machine shows normal usage
   */
  static List<Reading> of(Group group, Instant now, Duration initialization) {
    List<Member> running =
        group.members().stream()
            .filter(member -> member.vm().filter(vm -> vm.is("RUNNING")).isPresent())
            .filter(member -> !member.leaving())
            .toList();
    long serving = running.stream().filter(Member::available).count();
    List<Reading> readings = new ArrayList<>();
    for (Member member : running) {
      double demand = member.available() ? group.demand() / serving : 0;
      boolean initialised = !member.since().plus(initialization).isAfter(now);
      share(member.vm().orElseThrow(), demand, now)
          .ifPresent(share -> readings.add(new Reading(share, initialised)));
    }
    return readings;
  }

  private static OptionalDouble share(Vm vm, double demand, Instant now) {
    OptionalDouble own = vm.machine().map(one -> one.cpu(now)).orElse(OptionalDouble.empty());
    if (own.isEmpty()) {
      return own;
    }
    int vcpus = Places.vcpus(Links.last(vm.resource().getMachineType()));
    return OptionalDouble.of(Math.min(1, own.getAsDouble() + demand / vcpus));
  }
}
