package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * RESULTS.md: for each benchmark a part between two markers, which is written anew each time; what
 * stands outside of the markers is people's.
 */
final class Results {
  private static final String TITLE =
      "# What was measured\n\n"
          + "Each part between markers is written by `test-fixtures/benchmarks/run`; the text"
          + " between them is by hand.\n";

  private final Path file;

  private Results(Path file) {
    this.file = file;
  }

  static Results in(Path folder) {
    return new Results(folder.resolve("RESULTS.md"));
  }

  /** Writes the part of this benchmark, at its old place or, if it is new, where its turn is. */
  void replace(Benchmark benchmark, String measured, Section section) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : TITLE;
    List<String> order = Benchmarks.ALL.stream().map(Benchmark::name).toList();
    String part = part(benchmark, measured, section);
    Files.writeString(file, replaced(before, benchmark.name(), part, order));
  }

  static String replaced(String text, String name, String part, List<String> order) {
    int from = text.indexOf(begin(name));
    if (from >= 0) {
      int end = text.indexOf(end(name), from);
      if (end < 0) {
        throw new IllegalArgumentException(
            "RESULTS.md: expected " + end(name) + " after " + begin(name) + ", found none");
      }
      return text.substring(0, from) + part + text.substring(end + end(name).length());
    }
    // Before the next one that is there: text by hand follows the part that it is about.
    for (String later : order.subList(order.indexOf(name) + 1, order.size())) {
      int at = text.indexOf(begin(later));
      if (at >= 0) {
        return text.substring(0, at) + part + "\n\n" + text.substring(at);
      }
    }
    return text.stripTrailing() + "\n\n" + part + "\n";
  }

  private static String part(Benchmark benchmark, String measured, Section section) {
    StringBuilder part = new StringBuilder(begin(benchmark.name())).append("\n\n");
    part.append("## ").append(benchmark.question()).append("\n\n");
    section.remarks().forEach(remark -> part.append(remark).append("\n\n"));
    section.tables().forEach(table -> part.append(table.markdown()).append('\n'));
    for (Plot plot : section.plots()) {
      part.append("![").append(plot.title()).append("](").append(plot.file()).append(")\n\n");
    }
    part.append("`test-fixtures/benchmarks/run ").append(benchmark.name()).append("`. ");
    return part.append(measured).append("\n\n").append(end(benchmark.name())).toString();
  }

  private static String begin(String name) {
    return "<!-- " + name + ": written by run -->";
  }

  private static String end(String name) {
    return "<!-- end of " + name + " -->";
  }
}
