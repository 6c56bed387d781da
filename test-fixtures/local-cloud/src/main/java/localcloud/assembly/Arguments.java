package localcloud.assembly;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of one command line: {@code --flag}, {@code --name value} or {@code --name=value}.
 */
public final class Arguments {
  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> values = new HashMap<>();

  private Arguments() {}

  /** Refuses what is neither a flag nor a valued option. */
  public static Arguments parse(List<String> line, Set<String> flags, Set<String> valued) {
    Arguments arguments = new Arguments();
    Deque<String> left = new ArrayDeque<>(line);
    while (!left.isEmpty()) {
      String word = left.remove();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (flags.contains(word)) {
        arguments.flags.add(word);
      } else if (valued.contains(name)) {
        arguments.put(name, equals < 0 ? next(name, left) : word.substring(equals + 1));
      } else {
        throw CommandFault.usage("unknown option %s; --help lists them all", word);
      }
    }
    return arguments;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** Empty if it was not given. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number within these bounds, or the default. */
  int number(String name, Range range, int otherwise) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.orElseThrow());
      if (number >= range.least() && number <= range.most()) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as a number out of bounds is.
    }
    throw CommandFault.usage(
        "%s: expected a whole number from %d to %d, found '%s'",
        name, range.least(), range.most(), text.orElseThrow());
  }

  /** Both ends are allowed. */
  record Range(int least, int most) {}

  private static String next(String name, Deque<String> left) {
    if (left.isEmpty() || left.element().startsWith("--")) {
      throw CommandFault.usage("%s: a value is missing after it", name);
    }
    return left.remove();
  }

  private void put(String name, String value) {
    if (value.isEmpty()) {
      throw CommandFault.usage("%s: a value is missing after it", name);
    }
    if (values.put(name, value) != null) {
      throw CommandFault.usage("%s is given twice", name);
    }
  }
}
