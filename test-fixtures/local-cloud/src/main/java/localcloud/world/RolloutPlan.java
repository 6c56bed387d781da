package localcloud.world;

import java.util.ArrayList;
import java.util.Comparator;
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
  record Share(VersionKey version, int wanted) {}

  /** An instance that is not being deleted. */
  record Standing(String name, VersionKey version, boolean available) {}

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
  private final List<VersionKey> missing = new ArrayList<>();
  private final List<Standing> unwanted = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private RolloutPlan(List<Share> shares, Bounds bounds, List<Standing> standing) {
    this.target = shares.stream().mapToInt(Share::wanted).sum();
    this.bounds = bounds;
    this.standing = standing.stream().sorted(Comparator.comparing(Standing::available)).toList();
    compare(shares);
  }

  /** The steps to take now; none if all is as wanted or everything has to wait. */
  static List<Step> next(List<Share> shares, Bounds bounds, List<Standing> standing) {
    RolloutPlan plan = new RolloutPlan(shares, bounds, standing);
    if (!bounds.proactive()) {
      plan.fitSize();
    } else if (bounds.recreate()) {
      plan.recreate();
    } else {
      plan.substitute();
    }
    return plan.steps;
  }

  /** Whether the versions stand in the wanted numbers. */
  static boolean reached(List<Share> shares, List<Standing> standing) {
    RolloutPlan plan = new RolloutPlan(shares, new Bounds(false, false, 0, 0), standing);
    return plan.missing.isEmpty() && plan.unwanted.isEmpty();
  }

  private void compare(List<Share> shares) {
    Map<VersionKey, Integer> open = new HashMap<>();
    shares.forEach(share -> open.merge(share.version(), share.wanted(), Integer::sum));
    // Available instances first: of too many, those that serve are kept.
    for (int i = standing.size() - 1; i >= 0; i--) {
      Standing one = standing.get(i);
      int left = open.getOrDefault(one.version(), 0);
      if (left > 0) {
        open.put(one.version(), left - 1);
      } else {
        unwanted.add(0, one);
      }
    }
    for (Share share : shares) {
      for (int i = open.getOrDefault(share.version(), 0); i > 0; i--) {
        missing.add(share.version());
      }
      open.remove(share.version());
    }
  }

  /** Without an update only the size is kept. */
  private void fitSize() {
    create(target - standing.size());
    List<Standing> candidates = new ArrayList<>(unwanted);
    standing.stream().filter(one -> !unwanted.contains(one)).forEach(candidates::add);
    for (int i = 0; i < standing.size() - target; i++) {
      steps.add(new Step.Delete(candidates.get(i).name()));
    }
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
        if (left > target || missing.isEmpty()) {
          left--;
          steps.add(new Step.Delete(one.name()));
        } else {
          steps.add(new Step.Recreate(one.name(), missing.remove(0)));
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
