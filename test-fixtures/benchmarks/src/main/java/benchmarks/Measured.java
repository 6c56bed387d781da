package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a process measured, as it printed it: lines of a word and a number. */
record Measured(Map<String, List<Double>> numbers) {

  /** Passes over all other lines. */
  static Measured read(String text) {
    Map<String, List<Double>> numbers = new TreeMap<>();
    text.lines()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2 && words[1].matches("-?[0-9.]+"))
        .forEach(
            words ->
                numbers
                    .computeIfAbsent(words[0], word -> new ArrayList<>())
                    .add(Double.parseDouble(words[1])));
    return new Measured(numbers);
  }

  /**
   * All that stood after this word.
   *
   * @throws IllegalStateException if it was not printed
   */
  Spread of(String word) {
    List<Double> found = numbers.getOrDefault(word, List.of());
    if (found.isEmpty()) {
      throw new IllegalStateException("expected lines of " + word + ", found " + numbers.keySet());
    }
    return Spread.of(found);
  }

  double median(String word) {
    return of(word).median();
  }
}
