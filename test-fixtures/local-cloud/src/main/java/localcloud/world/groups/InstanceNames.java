package localcloud.world.groups;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import localcloud.world.resources.Names;

/** Names the instances of one group, each with another name as long as it lasts. */
final class InstanceNames {
  private final String group;
  private final Queue<String> wanted = new ArrayDeque<>();
  private long made;

  /** Takes the group's link, so that no two groups give the same names. */
  InstanceNames(String group) {
    this.group = group;
  }

  /** Those that are named next get these names. */
  void want(List<String> names) {
    wanted.addAll(names);
  }

  /**
   * A wanted name; otherwise the base name with a hyphen and four characters, or, if it ends in #,
   * with as many digits. Numbers begin at 1 and do not come again; which Google takes is inferred.
   */
  String fresh(String base, Set<String> taken) {
    if (!wanted.isEmpty()) {
      return wanted.remove();
    }
    int digits = base.length() - base.replace("#", "").length();
    String stem = base.substring(0, base.length() - digits);
    while (true) {
      String suffix = digits == 0 ? "-" + Names.suffix(group + "/" + made) : numbered(digits);
      made++;
      if (!taken.contains(stem + suffix)) {
        return stem + suffix;
      }
    }
  }

  private String numbered(int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", made + 1);
  }
}
