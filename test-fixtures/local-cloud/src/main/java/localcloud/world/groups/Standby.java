package localcloud.world.groups;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The instances that a group keeps suspended or stopped, beside those that its target size counts
 * (discovery: InstanceGroupManager.targetSuspendedSize, targetStoppedSize). They are there at once,
 * as the version without a size of its own says, and nobody resumes or starts them.
 */
final class Standby {
  private final Map<String, List<Member>> byStatus = new LinkedHashMap<>();

  /** As the intent wants it: those of another version go, and those that are missing come. */
  void settle(GroupIntent intent, Function<String, Member> made) {
    intent.standby().forEach((status, wanted) -> settle(intent, status, wanted, made));
  }

  private void settle(
      GroupIntent intent, String status, int wanted, Function<String, Member> made) {
    List<Member> held = byStatus.computeIfAbsent(status, none -> new ArrayList<>());
    int left = wanted;
    for (Iterator<Member> each = held.iterator(); each.hasNext(); left--) {
      if (!each.next().version().equals(intent.rest()) || left <= 0) {
        each.remove();
        left++;
      }
    }
    for (; left > 0; left--) {
      held.add(made.apply(status));
    }
  }

  void clear() {
    byStatus.clear();
  }

  Stream<Member> members() {
    return byStatus.values().stream().flatMap(List::stream);
  }
}
