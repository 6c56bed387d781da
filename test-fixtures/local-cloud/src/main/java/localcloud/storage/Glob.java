package localcloud.storage;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import localcloud.world.refusals.ApiException;

/**
 * The pattern of {@code matchGlob}: {@code *} is anything within a folder, {@code **} anything,
 * {@code ?} one character but a slash, {@code [a-z]} and <code>{a,b}</code> one of these (Cloud
 * Storage's documentation, "List objects and prefixes using glob").
 */
public final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads one.
   *
   * @throws ApiException 400 if a bracket or a brace does not close
   */
  public static Glob of(String text) {
    StringBuilder regex = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          boolean across = text.startsWith("**", i);
          regex.append(across ? ".*" : "[^/]*");
          i += across ? 1 : 0;
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = text.indexOf(']', i + 2);
          require(end > 0, text);
          regex.append(set(text.substring(i + 1, end)));
          i = end;
        }
        case '{' -> {
          depth++;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(depth > 0 ? ")" : "\\}");
          depth = Math.max(0, depth - 1);
        }
        case ',' -> regex.append(depth > 0 ? "|" : ",");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    require(depth == 0, text);
    try {
      return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    } catch (PatternSyntaxException bad) {
      throw invalid(text);
    }
  }

  private static String set(String text) {
    boolean negated = text.startsWith("!") || text.startsWith("^");
    String members = negated ? text.substring(1) : text;
    String escaped = members.replace("\\", "\\\\").replace("[", "\\[").replace("&", "\\&");
    return "[" + (negated ? "^/" : "") + escaped + "]";
  }

  private static void require(boolean closes, String text) {
    if (!closes) {
      throw invalid(text);
    }
  }

  private static ApiException invalid(String text) {
    return new ApiException(
        400, "invalid", String.format(Locale.ROOT, "Invalid glob pattern: '%s'", text));
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }
}
