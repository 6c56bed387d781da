package localcloud.world.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what a group does next. Sizes and "available" are those of Google's discovery document,
 * InstanceGroupManagerUpdatePolicy; the order in which instances are taken, that an instance being
 * deleted no longer counts towards the surge, and that an unavailable instance of an unwanted
 * version goes at once whatever maxUnavailable says, are inferred.
 */
final class RolloutPlan {
  /** How many instances of a version are wanted. */
  record Share(VersionKey version, int wanted) {
    /** Whatever the all-instances configuration is. */
    Share bare() {
      return new Share(version.bare(), wanted);
    }
  }

  /**
   * An instance that is not being deleted.
   *
   * @param moving whether it is to make room for one in another zone
   */
  record Standing(String name, VersionKey version, boolean available, boolean moving) {
    /** Whatever the all-instances configuration was. */
    Standing bare() {
      return new Standing(name, version.bare(), available, moving);
    }
  }

  /** What bounds the update; surge and unavailable are counts of instances. */
  record Bounds(boolean proactive, boolean recreate, int surge, int unavailable) {}

  /** One thing to do now. */
  sealed interface Step {
    /** Make a new instance of this version. */
    record Create(VersionKey version) implements Step {}

    /** Delete this instance. */
    record Delete(String name) implements Step {}

    /** Replace this instance, under its own name. */
    record Recreate(String name, VersionKey version) implements Step {}
  }

  private final int target;
  private final Bounds bounds;
  private final List<Standing> standing;
  private final Deque<VersionKey> missing = new ArrayDeque<>();
  private final Deque<Standing> unwanted = new ArrayDeque<>();
  private final List<Step> steps = new ArrayList<>();

  private RolloutPlan(List<Share> shares, Bounds bounds, List<Standing> standing) {
    this.target = shares.stream().mapToInt(Share::wanted).sum();
    this.bounds = bounds;
    this.standing = standing.stream().sorted(Comparator.comparing(Standing::available)).toList();
    compare(shares);
  }

  /**
   * The steps to take now; none if all is as wanted or everything has to wait.
   *
   * @param standing of equals the first are replaced first
   */
  static List<Step> next(List<Share> shares, Bounds bounds, List<Standing> standing) {
    RolloutPlan plan = new RolloutPlan(shares, bounds, standing);
    if (!bounds.proactive()) {
      plan.keepOutdated();
    }
    if (bounds.proactive() && bounds.recreate()) {
      plan.recreate();
    } else {
      plan.substitute();
    }
    return plan.steps;
  }

  /** Whether the versions stand in the wanted numbers. */
  static boolean reached(List<Share> shares, List<Standing> standing) {
    Map<VersionKey, Integer> open = wanted(shares);
    standing.forEach(one -> open.merge(one.version(), -1, Integer::sum));
    return open.values().stream().allMatch(left -> left == 0);
  }

  private static Map<VersionKey, Integer> wanted(List<Share> shares) {
    Map<VersionKey, Integer> open = new HashMap<>();
    shares.forEach(share -> open.merge(share.version(), share.wanted(), Integer::sum));
    return open;
  }

  private void compare(List<Share> shares) {
    Map<VersionKey, Integer> open = wanted(shares);
    // Available instances first: of too many, those that serve are kept.
    for (int i = standing.size() - 1; i >= 0; i--) {
      Standing one = standing.get(i);
      int left = open.getOrDefault(one.version(), 0);
      if (left > 0 && !one.moving()) {
        open.put(one.version(), left - 1);
      } else {
        unwanted.addFirst(one);
      }
    }
    for (Share share : shares) {
      for (int i = open.getOrDefault(share.version(), 0); i > 0; i--) {
        missing.add(share.version());
      }
      open.remove(share.version());
    }
  }

  /** Without an update an outdated instance is as good as any. */
  private void keepOutdated() {
    Deque<Standing> left = new ArrayDeque<>();
    for (Standing one = unwanted.pollLast(); one != null; one = unwanted.pollLast()) {
      if (one.moving() || missing.isEmpty()) {
        left.addFirst(one);
      } else {
        missing.removeLast();
      }
    }
    unwanted.addAll(left);
  }

  private void substitute() {
    int spare = spare();
    int left = standing.size();
    for (Standing one : unwanted) {
      if (!one.available() || spare > 0) {
        spare -= one.available() ? 1 : 0;
        left--;
        steps.add(new Step.Delete(one.name()));
      }
    }
    create(target + bounds.surge() - left);
  }

  private void recreate() {
    int spare = spare();
    int left = standing.size();
    for (Standing one : unwanted) {
      if (!one.available() || spare > 0) {
        spare -= one.available() ? 1 : 0;
        if (left > target || missing.isEmpty() || one.moving()) {
          left--;
          steps.add(new Step.Delete(one.name()));
        } else {
          steps.add(new Step.Recreate(one.name(), missing.removeFirst()));
        }
      }
    }
    create(target - left);
  }

  /** How many available instances may go now. */
  private int spare() {
    long available = standing.stream().filter(Standing::available).count();
    return (int) available - (target - bounds.unavailable());
  }

  private void create(int most) {
    missing.stream().limit(Math.max(0, most)).map(Step.Create::new).forEach(steps::add);
  }
}
