package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was asked for.
 *
 * @param chosen in the order of {@link Benchmarks#ALL}
 * @param quick small sizes
 * @param kept whether RESULTS.md is written
 */
record CommandLine(List<Benchmark> chosen, boolean quick, boolean kept) {

  /**
   * Without a name all are chosen.
   *
   * @throws IllegalArgumentException with a sentence for whoever typed it
   */
  static CommandLine parse(List<String> words, List<Benchmark> all) {
    List<String> names = new ArrayList<>();
    boolean quick = false;
    boolean kept = false;
    for (String word : words) {
      switch (word) {
        case "--quick" -> quick = true;
        case "--keep-quick" -> kept = true;
        default -> names.add(known(word, all));
      }
    }
    List<Benchmark> chosen =
        all.stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
    return new CommandLine(chosen, quick || kept, kept || !quick);
  }

  private static String known(String word, List<Benchmark> all) {
    if (all.stream().noneMatch(one -> one.name().equals(word))) {
      throw new IllegalArgumentException(
          "expected "
              + all.stream().map(Benchmark::name).collect(Collectors.joining(", "))
              + ", --quick or --keep-quick, found "
              + word
              + "; --help tells more");
    }
    return word;
  }
}
