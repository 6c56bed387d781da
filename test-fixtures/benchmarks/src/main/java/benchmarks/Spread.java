package benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing. */
final class Spread {
  private final double[] sorted;

  private Spread(double[] sorted) {
    this.sorted = sorted;
  }

  static Spread of(double... xs) {
    if (xs.length == 0) {
      throw new IllegalArgumentException("expected at least one measurement, found none");
    }
    double[] sorted = xs.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  static Spread of(List<Double> xs) {
    return of(xs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The middle one, or between the two in the middle. */
  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  int count() {
    return sorted.length;
  }

  /** Median, extremes and how many: "1.23 s (1.20..1.31, 7 runs)"; one run has no extremes. */
  String text(String unit) {
    String median = number(median()) + (unit.isEmpty() ? "" : " " + unit);
    return count() == 1
        ? median + " (1 run)"
        : median + " (" + number(min()) + ".." + number(max()) + ", " + count() + " runs)";
  }

  /** Three digits that say something, or more before the point. */
  static String number(double x) {
    double size = Math.abs(x);
    String form = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, form, x);
  }
}
