package page;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records that are known, by name, by target and by their age. */
final class RecordIndex {
  private Map<String, RecordEntry> all = new HashMap<>();
  private Map<String, RecordEntry> listing = new HashMap<>();
  private long changes;
  private @Nullable List<RecordEntry> latest;
  private @Nullable List<RecordEntry> open;
  private @Nullable Map<String, List<RecordEntry>> byTarget;

  /** Begins a list of all that there are. */
  void begin() {
    listing = new HashMap<>();
  }

  /** Takes one that is listed; what was read of it stays. */
  void list(RecordEntry entry) {
    RecordEntry known = all.get(entry.name());
    RecordEntry now = known == null ? entry : known.newer(entry);
    listing.put(entry.name(), now);
    put(now);
  }

  /** Ends the list: what was not in it is gone, but for these, which may be newer. */
  void end(Set<String> but) {
    for (String name : but) {
      RecordEntry entry = all.get(name);
      if (entry != null) {
        listing.putIfAbsent(name, entry);
      }
    }
    all = listing;
    change();
  }

  /** Takes one that was read. */
  void read(RecordEntry entry) {
    listing.replace(entry.name(), entry);
    put(entry);
  }

  private void put(RecordEntry entry) {
    all.put(entry.name(), entry);
    change();
  }

  void remove(String name) {
    all.remove(name);
    listing.remove(name);
    change();
  }

  private void change() {
    latest = null;
    open = null;
    byTarget = null;
    changes++;
  }

  @Nullable RecordEntry get(String name) {
    return all.get(name);
  }

  /** Those that moved last, the latest first. */
  List<RecordEntry> latest() {
    List<RecordEntry> sorted = latest;
    if (sorted == null) {
      sorted = all.values().stream().sorted(RecordEntry.LATEST_FIRST).limit(Records.SHOWN).toList();
      latest = sorted;
    }
    return sorted;
  }

  /** Those of a target, the latest upload first. */
  List<RecordEntry> of(String target) {
    return byTarget().getOrDefault(target, List.of());
  }

  /** The targets that there are records of. */
  Set<String> targets() {
    return byTarget().keySet();
  }

  private Map<String, List<RecordEntry>> byTarget() {
    Map<String, List<RecordEntry>> found = byTarget;
    if (found == null) {
      found =
          all.values().stream()
              .filter(entry -> !entry.field("target").isEmpty())
              .sorted(comparing(RecordEntry::uploaded).reversed())
              .collect(groupingBy(entry -> entry.field("target")));
      byTarget = found;
    }
    return found;
  }

  /** Those that say that they are open. */
  List<RecordEntry> open() {
    List<RecordEntry> found = open;
    if (found == null) {
      found =
          all.values().stream()
              .filter(RecordEntry::isOpen)
              .sorted(RecordEntry.LATEST_FIRST)
              .toList();
      open = found;
    }
    return found;
  }

  /** How often anything has changed here: what was made of it before is old then. */
  long changes() {
    return changes;
  }

  /**
   * Templates in the order in which deployments met them, so that the same have the same colour.
   */
  List<String> templates() {
    List<String> templates = new ArrayList<>();
    all.values().stream()
        .filter(RecordEntry::isRead)
        .sorted(comparing(RecordEntry::uploaded))
        .forEach(entry -> templates.addAll(entry.templates()));
    return templates;
  }
}
