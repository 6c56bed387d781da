package localcloud.compute;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;

/**
 * A list's filter: {@code field = value}, {@code !=}, {@code :}, {@code eq} and {@code ne} (whole
 * value against a regular expression), joined by AND, OR, nothing (and) and parentheses, as the
 * discovery document describes it. Comparisons by size are refused.
 */
final class Filter {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([()])|(!=|=|:)|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s()=:!\"]+))");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private final Predicate<Message> whole;
  private int at;

  private Filter(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      String quoted = matcher.group(3);
      tokens.add(quoted != null ? "\"" + quoted : matcher.group().strip());
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw refused();
    }
    whole = tokens.isEmpty() ? any -> true : or();
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

  private Predicate<Message> or() {
    Predicate<Message> left = and();
    while (accept("OR")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Message> and() {
    Predicate<Message> left = term();
    while (at < tokens.size() && !tokens.get(at).equals(")") && !tokens.get(at).equals("OR")) {
      accept("AND");
      left = left.and(term());
    }
    return left;
  }

  private Predicate<Message> term() {
    if (accept("(")) {
      Predicate<Message> inner = or();
      if (!accept(")")) {
        throw refused();
      }
      return inner;
    }
    String field = next();
    String operator = next();
    String value = next();
    String plain = value.startsWith("\"") ? value.substring(1) : value;
    return switch (operator) {
      case "=" -> resource -> values(resource, field).contains(plain);
      case "!=" -> resource -> !values(resource, field).contains(plain);
      case ":" ->
          resource ->
              values(resource, field).stream()
                  .anyMatch(found -> plain.equals("*") || found.contains(plain));
      case "eq" -> resource -> values(resource, field).stream().anyMatch(one -> one.matches(plain));
      case "ne" ->
          resource -> values(resource, field).stream().noneMatch(one -> one.matches(plain));
      default -> throw refused();
    };
  }

  /** What the resource holds at this path, such as labels.owner or status. */
  private List<String> values(Message resource, String path) {
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    FieldDescriptor field = field(resource.getDescriptorForType(), head);
    List<Object> held = new ArrayList<>();
    if (field.isRepeated()) {
      held.addAll((List<?>) resource.getField(field));
    } else if (resource.hasField(field)) {
      held.add(resource.getField(field));
    }
    List<String> values = new ArrayList<>();
    for (Object one : held) {
      if (one instanceof MapEntry<?, ?> entry) {
        if (entry.getKey().equals(rest)) {
          values.add(String.valueOf(entry.getValue()));
        }
      } else if (one instanceof Message inner && !rest.isEmpty()) {
        values.addAll(values(inner, rest));
      } else {
        values.add(String.valueOf(one));
      }
    }
    return values;
  }

  private FieldDescriptor field(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(name))
        .findFirst()
        .orElseThrow(this::refused);
  }

  private boolean accept(String token) {
    boolean found = at < tokens.size() && tokens.get(at).equals(token);
    at += found ? 1 : 0;
    return found;
  }

  private String next() {
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
