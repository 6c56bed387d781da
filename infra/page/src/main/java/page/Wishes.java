package page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What people have opened in their tabs, which is looked up only then.
 *
 * @param histories targets whose history is open
 * @param groups groups whose instances are shown, {@code group/projects/...}
 */
record Wishes(Set<String> histories, Set<String> groups) {
  static final Wishes NONE = new Wishes(Set.of(), Set.of());

  private static final Pattern TARGET = Pattern.compile("[a-z0-9-]{1,63}");
  private static final Pattern GROUP =
      Pattern.compile("group/projects/[a-z0-9:.-]+/[A-Za-z0-9/-]+");

  /**
   * What the query of a tab's address asks for: {@code history=T&group=P}; others are passed over.
   */
  static Wishes of(String query) {
    List<String> histories = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      String value = pair.substring(pair.indexOf('=') + 1);
      if (pair.startsWith("history=") && TARGET.matcher(value).matches()) {
        histories.add(value);
      } else if (pair.startsWith("group=") && GROUP.matcher(value).matches()) {
        groups.add(value);
      }
    }
    return new Wishes(Set.copyOf(histories), Set.copyOf(groups));
  }

  static Wishes all(Collection<Wishes> tabs) {
    Set<String> histories = new TreeSet<>();
    Set<String> groups = new TreeSet<>();
    for (Wishes tab : tabs) {
      histories.addAll(tab.histories);
      groups.addAll(tab.groups);
    }
    return new Wishes(histories, groups);
  }
}
