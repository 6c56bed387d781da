package localcloud.world.autoscalers;

import com.google.cloud.compute.v1.FixedOrPercent;
import java.util.List;
import java.util.OptionalInt;

/**
 * How large a group should be for the load that its machines show. Google says that it rounds
 * conservatively and that, when it scales out, it ignores machines that are still initializing; the
 * arithmetic is inferred. It works on the load of the whole group, so the machines of a surge share
 * in carrying it and do not count as size. What they use by themselves is not the group's load: it
 * may not make the group grow, so of more machines than the size only as much counts as so many use
 * on average. Nor does it shrink for being carried by more: then all counts.
 */
final class ScalingNeed {
  /** What binary fractions may be off by: 1.8 / 0.6 is a little more than 3. */
  private static final double SLACK = 1e-9;

  private ScalingNeed() {}

  /**
   * The size that brings the machines to the target; empty without a machine that can tell.
   *
   * @param target the share of its vCPUs that each shall use, above 0, at most 1
   * @param size the group's present size
   */
  static OptionalInt of(List<Load.Reading> readings, double target, int size) {
    long initialised = readings.stream().filter(Load.Reading::initialised).count();
    if (initialised == 0) {
      return OptionalInt.empty();
    }
    double usual =
        readings.stream().filter(Load.Reading::initialised).mapToDouble(Load.Reading::share).sum();
    double all = readings.stream().mapToDouble(Load.Reading::share).sum();
    int out = machines(usual * Math.min(1, (double) size / initialised), target);
    // A machine that is still initializing never adds others, but it may keep its own place.
    return OptionalInt.of(out > size ? out : Math.min(size, machines(all, target)));
  }

  private static int machines(double load, double target) {
    return (int) Math.ceil(load / target - SLACK);
  }

  /** At least one of a percentage, or a group could never shrink. */
  static int count(FixedOrPercent most, int of) {
    return most.hasPercent()
        ? Math.max(1, (int) (most.getPercent() * (long) of / 100))
        : most.getFixed();
  }
}
