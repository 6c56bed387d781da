package localcloud.logging;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * A filter of entries: comparisons of one field each, joined by AND or by nothing
 * (https://docs.cloud.google.com/logging/docs/view/logging-query-language). Texts are compared
 * without regard to case, times and severities in their order; {@code :*} asks whether a field is
 * there, {@code :} for a part of it. OR, NOT, parentheses, regular expressions and functions are
 * not there.
 */
final class LogFilter {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:AND\\s+)?([A-Za-z_][\\w.]*(?:\"[^\"]*\"[\\w.]*)*)\\s*(>=|<=|!=|=|:|>|<)\\s*"
              + "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([\\w.:+*-]+))");

  private static final List<String> SEVERITIES =
      List.of(
          "DEFAULT",
          "DEBUG",
          "INFO",
          "NOTICE",
          "WARNING",
          "ERROR",
          "CRITICAL",
          "ALERT",
          "EMERGENCY");

  private LogFilter() {}

  /**
   * Reads a filter.
   *
   * @throws ApiException 501 if it asks for more than is there
   */
  static Predicate<JsonObject> of(String filter) {
    List<Predicate<JsonObject>> terms = new ArrayList<>();
    Matcher term = TERM.matcher(filter);
    int end = 0;
    while (term.find() && term.start() == end) {
      end = term.end();
      String value = term.group(3) == null ? term.group(4) : term.group(3);
      terms.add(term(term.group(1).replace("\"", ""), term.group(2), value));
    }
    if (!filter.substring(end).isBlank()) {
      throw missing(filter);
    }
    return entry -> terms.stream().allMatch(one -> one.test(entry));
  }

  private static Predicate<JsonObject> term(String field, String operator, String value) {
    if (operator.equals(":")) {
      return value.equals("*")
          ? entry -> at(entry, field) != null
          : entry -> text(entry, field).contains(lower(value));
    }
    if (operator.equals("=") || operator.equals("!=")) {
      return entry -> text(entry, field).equals(lower(value)) == operator.equals("=");
    }
    if (field.equals("severity")) {
      int limit = SEVERITIES.indexOf(value);
      return entry -> holds(rank(entry) - limit, operator);
    }
    if (!field.equals("timestamp")) {
      throw missing(field + operator);
    }
    Instant limit = time(value);
    return entry -> holds(LogEntries.time(entry).compareTo(limit), operator);
  }

  private static int rank(JsonObject entry) {
    return Math.max(0, SEVERITIES.indexOf(text(entry, "severity").toUpperCase(Locale.ROOT)));
  }

  private static boolean holds(int difference, String operator) {
    return switch (operator) {
      case ">=" -> difference >= 0;
      case ">" -> difference > 0;
      case "<=" -> difference <= 0;
      default -> difference < 0;
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException no) {
      throw new ApiException(400, "badRequest", "Unparseable filter: timestamp " + text);
    }
  }

  private static String text(JsonObject entry, String field) {
    JsonElement value = at(entry, field);
    return value != null && value.isJsonPrimitive() ? lower(value.getAsString()) : "";
  }

  /** The longest names first: labels have dots and slashes in theirs. */
  private static @Nullable JsonElement at(JsonObject entry, String field) {
    if (entry.has(field)) {
      return entry.get(field);
    }
    for (int dot = field.lastIndexOf('.'); dot > 0; dot = field.lastIndexOf('.', dot - 1)) {
      if (entry.get(field.substring(0, dot)) instanceof JsonObject inner) {
        return at(inner, field.substring(dot + 1));
      }
    }
    return null;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static ApiException missing(String what) {
    return new ApiException(
        501, "notImplemented", "The local cloud does not know the filter " + what);
  }
}
