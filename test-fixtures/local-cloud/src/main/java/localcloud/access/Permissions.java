package localcloud.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each method of Google's APIs asks of its caller: the table in PERMISSIONS.md. */
public final class Permissions {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-zA-Z.]+)` \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);
  private static final Pattern NEED = Pattern.compile("`([a-zA-Z.]+)`(?: ([a-z ]+))?");

  /** The one table; it does not change. Stands after the patterns, which its making needs. */
  public static final Permissions TABLE = new Permissions(read());

  private final Map<String, List<Need>> rows = new HashMap<>();

  /**
   * One permission that a method asks for.
   *
   * @param subject on what, or when, in the table's words; empty for what the call itself names
   */
  public record Need(String permission, String subject) {}

  private Permissions(String markdown) {
    Matcher row = ROW.matcher(markdown);
    while (row.find()) {
      if (rows.put(row.group(1), needs(row.group(2))) != null) {
        throw new IllegalStateException("PERMISSIONS.md: two rows of " + row.group(1));
      }
    }
  }

  /**
   * All that this method asks for, in the table's order.
   *
   * @param method such as {@code compute.images.insert}
   * @throws IllegalStateException if the table has no such row: whoever adds a method adds one
   */
  public List<Need> of(String method) {
    List<Need> needs = rows.get(method);
    if (needs == null) {
      throw new IllegalStateException("PERMISSIONS.md has no row for " + method);
    }
    return needs;
  }

  /** The methods that have a row. */
  public Set<String> methods() {
    return Set.copyOf(rows.keySet());
  }

  private static List<Need> needs(String cell) {
    List<Need> needs = new ArrayList<>();
    for (String part : cell.equals("nothing") ? new String[0] : cell.split(", ", -1)) {
      Matcher need = NEED.matcher(part);
      if (!need.matches()) {
        throw new IllegalStateException("PERMISSIONS.md: not understood: " + part);
      }
      needs.add(new Need(need.group(1), need.group(2) == null ? "" : need.group(2)));
    }
    return List.copyOf(needs);
  }

  private static String read() {
    try (InputStream in = Permissions.class.getResourceAsStream("PERMISSIONS.md")) {
      if (in == null) {
        throw new IllegalStateException("PERMISSIONS.md is not beside its reader");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
