package localcloud.world.groups;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The instances that a group keeps suspended or stopped, beside those that its target size counts
 * (discovery: InstanceGroupManager.targetSuspendedSize, targetStoppedSize). Those that are made for
 * it are there at once, as the version without a size of its own says.
 */
final class Standby {
  private final Map<Rest, List<Member>> byKind = new EnumMap<>(Rest.class);

  /**
   * As the intent wants it: those of another version go, if the group updates itself, and those
   * that are missing come.
   */
  void settle(GroupIntent intent, Function<Rest, Member> made) {
    intent.standby().forEach((kind, wanted) -> settle(intent, kind, wanted, made));
  }

  private void settle(GroupIntent intent, Rest kind, int wanted, Function<Rest, Member> made) {
    int left = wanted;
    for (Iterator<Member> each = held(kind).iterator(); each.hasNext(); left--) {
      Member member = each.next();
      boolean outdated = intent.bounds().proactive() && !member.version().equals(intent.rest());
      if (outdated || left <= 0) {
        each.remove();
        member.leave();
        member.vm().ifPresent(vm -> vm.stops("STOPPING"));
        left++;
      }
    }
    for (; left > 0; left--) {
      held(kind).add(made.apply(kind));
    }
  }

  private List<Member> held(Rest kind) {
    return byKind.computeIfAbsent(kind, none -> new ArrayList<>());
  }

  void add(Rest kind, Member member) {
    held(kind).add(member);
  }

  void remove(Member member) {
    byKind.values().forEach(held -> held.remove(member));
  }

  /** One of this kind and name that has come to rest. */
  Optional<Member> resting(Rest kind, String name) {
    return held(kind).stream().filter(one -> one.rests() && one.name().equals(name)).findFirst();
  }

  Stream<Member> members() {
    return byKind.values().stream().flatMap(List::stream);
  }
}
