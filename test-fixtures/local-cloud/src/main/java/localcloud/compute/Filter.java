package localcloud.compute;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import localcloud.world.refusals.ApiException;

/**
 * A list's filter, in the two languages that Compute Engine takes (discovery: the lists' parameter
 * {@code filter}): comparisons with {@code =}, {@code !=}, {@code >}, {@code <}, {@code >=}, {@code
 * <=} and {@code :}, joined by AND, OR, nothing (and), NOT, a minus and parentheses, where OR binds
 * tighter than AND (google.aip.dev/160); and {@code eq} and {@code ne}, the whole value against a
 * regular expression that may stand in quotes.
 */
final class Filter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([()])|(!=|>=|<=|=|:|>|<)|\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'"
              + "|([^\\s()=:!\"'<>]+))");

  private record Token(String text, boolean quoted) {}

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final Predicate<Message> whole;
  private int at;

  private Filter(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      String quoted = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
      tokens.add(
          quoted == null
              ? new Token(matcher.group().strip(), false)
              : new Token(quoted.replaceAll("\\\\([\"'\\\\])", "$1"), true));
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw refused();
    }
    whole = tokens.isEmpty() ? any -> true : and();
    if (at < tokens.size()) {
      throw refused();
    }
  }

  static Filter parse(String text) {
    return new Filter(text);
  }

  boolean matches(Message resource) {
    return whole.test(resource);
  }

  private Predicate<Message> and() {
    Predicate<Message> left = or();
    while (at < tokens.size() && !isNext(")")) {
      accept("AND");
      left = left.and(or());
    }
    return left;
  }

  private Predicate<Message> or() {
    Predicate<Message> left = term();
    while (accept("OR")) {
      left = left.or(term());
    }
    return left;
  }

  private Predicate<Message> term() {
    if (accept("NOT") || accept("-")) {
      return term().negate();
    }
    if (accept("(")) {
      Predicate<Message> inner = and();
      if (!accept(")")) {
        throw refused();
      }
      return inner;
    }
    Token field = next();
    if (!field.quoted() && field.text().startsWith("-") && field.text().length() > 1) {
      return comparison(new FieldPath(field.text().substring(1))).negate();
    }
    return comparison(new FieldPath(field.text()));
  }

  private Predicate<Message> comparison(FieldPath field) {
    String operator = next().text();
    String value = next().text();
    return switch (operator) {
      case "=" -> resource -> field.of(resource, this::refused).contains(value);
      case "!=" -> resource -> !field.of(resource, this::refused).contains(value);
      case ":" ->
          resource ->
              field.of(resource, this::refused).stream()
                  .anyMatch(found -> value.equals("*") || found.contains(value));
      case ">", "<", ">=", "<=" ->
          resource ->
              field.of(resource, this::refused).stream()
                  .anyMatch(found -> holds(operator, compared(found, value)));
      case "eq" -> expression(field, value);
      case "ne" -> expression(field, value).negate();
      default -> throw refused();
    };
  }

  private static boolean holds(String operator, int compared) {
    return switch (operator) {
      case ">" -> compared > 0;
      case "<" -> compared < 0;
      case ">=" -> compared >= 0;
      default -> compared <= 0;
    };
  }

  /** As numbers where both are, else as texts: so times of one form compare by time. */
  private static int compared(String found, String wanted) {
    try {
      return Double.compare(Double.parseDouble(found), Double.parseDouble(wanted));
    } catch (NumberFormatException text) {
      return found.compareTo(wanted);
    }
  }

  /** re2's syntax at Google; what Java's and it do not share is refused or differs. */
  private Predicate<Message> expression(FieldPath field, String value) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(value);
    } catch (PatternSyntaxException no) {
      throw refused();
    }
    return resource ->
        field.of(resource, this::refused).stream().anyMatch(one -> pattern.matcher(one).matches());
  }

  private boolean isNext(String word) {
    return at < tokens.size() && !tokens.get(at).quoted() && tokens.get(at).text().equals(word);
  }

  private boolean accept(String word) {
    boolean found = isNext(word);
    at += found ? 1 : 0;
    return found;
  }

  private Token next() {
    if (at >= tokens.size()) {
      throw refused();
    }
    return tokens.get(at++);
  }

  private ApiException refused() {
    return new ApiException(
        400,
        "invalid",
        "Invalid value for field 'filter': '" + text + "'. Invalid list filter expression.");
  }
}
