package localcloud.world.groups;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localcloud.world.places.Scope;

/**
 * How the instances of a group stand over its zones. Even is "when the number of managed instances
 * does not differ by more than 1 between any two zones" (discovery,
 * DistributionPolicy.targetShape); which instances are taken for it is inferred.
 */
final class Spread {
  private final Map<Scope, List<Member>> zones = new LinkedHashMap<>();

  /**
   * Looks at a group.
   *
   * @param standing those that are not being deleted, oldest first
   */
  Spread(List<Scope> zones, List<Member> standing) {
    zones.forEach(zone -> this.zones.put(zone, new ArrayList<>()));
    standing.forEach(this::add);
  }

  void add(Member member) {
    in(member.zone()).add(member);
  }

  void remove(Member member) {
    in(member.zone()).remove(member);
  }

  private List<Member> in(Scope zone) {
    return zones.computeIfAbsent(zone, other -> new ArrayList<>());
  }

  /** Where the next instance goes: of equals the first. */
  Scope emptiest() {
    return zones.entrySet().stream()
        .min(Comparator.comparingInt(zone -> zone.getValue().size()))
        .orElseThrow()
        .getKey();
  }

  /** In the order in which taking them away always takes from the fullest zone, oldest first. */
  List<Member> fullestFirst() {
    Map<Member, Integer> after = new HashMap<>();
    List<Member> all = new ArrayList<>();
    for (List<Member> members : zones.values()) {
      for (int i = 0; i < members.size(); i++) {
        after.put(members.get(i), i - members.size());
      }
      all.addAll(members);
    }
    all.sort(Comparator.comparing(after::get));
    return all;
  }

  /**
   * As few as must go to other zones to make it even: the oldest of each zone that has too many.
   */
  List<Member> misplaced() {
    List<List<Member>> fullest = new ArrayList<>(zones.values());
    fullest.sort(Comparator.comparingInt(members -> -members.size()));
    int all = fullest.stream().mapToInt(List::size).sum();
    List<Member> misplaced = new ArrayList<>();
    for (int i = 0; i < fullest.size(); i++) {
      int share = all / fullest.size() + (i < all % fullest.size() ? 1 : 0);
      List<Member> here = fullest.get(i);
      misplaced.addAll(here.subList(0, Math.max(0, here.size() - share)));
    }
    return misplaced;
  }
}
