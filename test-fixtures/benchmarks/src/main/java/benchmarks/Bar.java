package benchmarks;

import java.util.List;

/** One bar: as many values, none below zero, as the plot has series. */
record Bar(String label, List<Double> values) {
  double sum() {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
