package benchmarks;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What was asked for; picocli fills it in. */
@Command(name = "run")
final class RunOptions {
  private final List<Benchmark> all;

  @Parameters(paramLabel = "NAME")
  private List<String> names = List.of();

  @Option(names = "--quick")
  private boolean small;

  @Option(names = "--keep-quick")
  private boolean keptSmall;

  private RunOptions(List<Benchmark> all) {
    this.all = all;
  }

  /**
   * Reads the words of the command line.
   *
   * @param all what can be named, in the order in which it runs
   * @throws ParameterException with a sentence for whoever typed it
   */
  static RunOptions parse(List<String> words, List<Benchmark> all) {
    RunOptions options = new RunOptions(all);
    CommandLine line = new CommandLine(options);
    line.parseArgs(words.toArray(String[]::new));
    List<String> known = all.stream().map(Benchmark::name).toList();
    for (String name : options.names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            line, "NAME: expected " + String.join(", ", known) + ", found " + name);
      }
    }
    return options;
  }

  /** In their usual order; without a name all. */
  List<Benchmark> chosen() {
    return all.stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
  }

  /** With small sizes and few runs. */
  boolean quick() {
    return small || keptSmall;
  }

  /** Whether RESULTS.md is written. */
  boolean kept() {
    return keptSmall || !small;
  }
}
