package localcloud.world.groups;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.world.places.Scope;

/**
 * Who is in a group: the members that its target size counts, which are to run, and those that
 * stand by.
 */
final class Roster {
  private final List<Scope> zones;
  private final InstanceNames names;
  private final Map<String, Member> counted = new LinkedHashMap<>();
  private final Standby standby = new Standby();

  /** Nobody yet; the group's link makes names that no other group gives. */
  Roster(List<Scope> zones, String group) {
    this.zones = zones;
    this.names = new InstanceNames(group);
  }

  /** Those that are being deleted too. */
  List<Member> all() {
    return Stream.concat(counted.values().stream(), standby.members()).toList();
  }

  /** Without those that stand by. */
  Collection<Member> counted() {
    return counted.values();
  }

  /** One of those that are counted, which must be there. */
  Member get(String name) {
    return Objects.requireNonNull(counted.get(name), name);
  }

  Optional<Member> counted(String name) {
    return Optional.ofNullable(counted.get(name));
  }

  /** One of this name that stands by in this way and has come to rest. */
  Optional<Member> resting(Rest kind, String name) {
    return standby.resting(kind, name);
  }

  void add(Member member) {
    standby.remove(member);
    counted.put(member.name(), member);
  }

  void remove(Member member) {
    counted.remove(member.name());
    standby.remove(member);
  }

  /** From now on it stands by. */
  void rest(Member member, Rest kind) {
    remove(member);
    standby.add(kind, member);
  }

  /** Makes those that stand by as the intent wants them. */
  void settleStandby(GroupIntent intent, Function<Rest, Member> made) {
    standby.settle(intent, made);
  }

  /** How those that are not being deleted stand over the zones. */
  Spread spread() {
    return new Spread(zones, counted.values().stream().filter(one -> !one.leaving()).toList());
  }

  /** The members that are not being deleted, in the order in which they are replaced. */
  List<RolloutPlan.Standing> standing() {
    return spread().fullestFirst().stream()
        .map(
            member ->
                new RolloutPlan.Standing(
                    member.name(), member.version(), member.available(), member.moving()))
        .toList();
  }

  /** The instances that are made next have these names. */
  void nextNames(List<String> wanted) {
    names.want(wanted);
  }

  String freshName(String base) {
    Set<String> taken = all().stream().map(Member::name).collect(Collectors.toSet());
    return names.fresh(base, taken);
  }
}
