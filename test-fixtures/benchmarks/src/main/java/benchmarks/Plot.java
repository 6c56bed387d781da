package benchmarks;

import java.util.List;

/**
 * A bar chart.
 *
 * @param file its name in the folder of RESULTS.md, ending in .svg
 * @param unit of the axis
 * @param series what the parts of each bar are; with one of them the bars are whole
 */
record Plot(String file, String title, String unit, List<String> series, List<Bar> bars) {
  Plot {
    for (Bar bar : bars) {
      if (bar.values().size() != series.size()) {
        throw new IllegalArgumentException(
            title + ": expected " + series.size() + " values in each bar, found " + bar);
      }
    }
  }
}
