package localcloud.world.groups;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Ids;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.resources.Names;

/** One managed instance group: what it shall be, its members, and how the two come together. */
public final class Group {
  /** A group's own facts, which never change. */
  record Identity(Newborn born, Scope home, List<Scope> zones) {}

  private final Estate estate;
  private final Identity identity;
  private final Supplies supplies;
  private final Lifecycle lifecycle;
  private final Mishaps mishaps = new Mishaps();
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Queue<String> wanted = new ArrayDeque<>();
  private GroupIntent intent;
  private boolean leaving;
  private boolean settling;
  private long made;
  private double demand;

  Group(Estate estate, Supplies supplies, Identity identity, GroupIntent intent) {
    this.estate = estate;
    this.identity = identity;
    this.intent = intent;
    this.supplies = supplies;
    this.lifecycle = new Lifecycle(estate, supplies, this);
  }

  Identity identity() {
    return identity;
  }

  /** What it shall be now. */
  public GroupIntent intent() {
    return intent;
  }

  String name() {
    return intent.asked().getName();
  }

  /** The link of the instance group that it manages, which is what balancers know it by. */
  String instanceGroup() {
    return estate.links().to(identity.home(), "instanceGroups", name());
  }

  /** The links of the health checks that its instances are asked for. */
  Set<String> checks() {
    Set<String> checks = new TreeSet<>(supplies.balancers().checks(instanceGroup()));
    intent.healing().ifPresent(policy -> checks.add(policy.getHealthCheck()));
    return checks;
  }

  /** Those that are being deleted too. */
  public List<Member> members() {
    return List.copyOf(members.values());
  }

  List<InstanceManagedByIgmError> errors() {
    return mishaps.list();
  }

  /** Whether the group itself is being deleted. */
  public boolean leaving() {
    return leaving;
  }

  void become(GroupIntent changed) {
    intent = changed;
    members.values().forEach(member -> member.move(false));
    settle();
  }

  /** Another size, as its autoscaler wants it: whatever was asked before. */
  public void scale(int size) {
    if (size != intent.target()) {
      become(new GroupIntent(intent.asked().toBuilder().setTargetSize(size).build()));
    }
  }

  /** The work that is put on its serving machines together, in vCPUs. */
  public double demand() {
    return demand;
  }

  /** Replaces the work that is put on it. */
  public void demand(double vcpus) {
    demand = vcpus;
  }

  /**
   * Starts whatever can be started, at this instant but after all else that happens at it: with a
   * thousand instances that come to run at once, to look at each of them for each would take long.
   */
  void settle() {
    if (!settling) {
      settling = true;
      estate.schedule().in(Duration.ZERO, this::settleNow);
    }
  }

  private void settleNow() {
    settling = false;
    if (leaving) {
      return;
    }
    redistribute();
    Spread spread = spread();
    plan().forEach(step -> take(step, spread));
  }

  /** At rest, a group that stands unevenly over its zones begins to move instances. */
  private void redistribute() {
    if (intent.redistributes() && isIdle()) {
      spread().misplaced().forEach(member -> member.move(true));
    }
  }

  /** Whether nothing is being done and, by the update policy, nothing is to be done. */
  boolean isIdle() {
    return members.values().stream().allMatch(Member::available) && plan().isEmpty();
  }

  private List<RolloutPlan.Step> plan() {
    return RolloutPlan.next(intent.shares(), intent.bounds(), standing());
  }

  private Spread spread() {
    return new Spread(
        identity.zones(), members.values().stream().filter(member -> !member.leaving()).toList());
  }

  private void take(RolloutPlan.Step step, Spread spread) {
    if (step instanceof RolloutPlan.Step.Create create) {
      Member member = new Member(freshName(), spread.emptiest(), create.version());
      members.put(member.name(), member);
      spread.add(member);
      lifecycle.create(member);
    } else if (step instanceof RolloutPlan.Step.Recreate recreate) {
      lifecycle.recreate(member(recreate.name()), recreate.version());
    } else if (step instanceof RolloutPlan.Step.Delete delete) {
      Member member = member(delete.name());
      spread.remove(member);
      lifecycle.delete(member);
    }
  }

  private Member member(String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  /** The instances that are made next have these names. */
  void nextNames(List<String> names) {
    wanted.addAll(names);
  }

  private String freshName() {
    if (!wanted.isEmpty()) {
      return wanted.remove();
    }
    while (true) {
      String end = Names.suffix(identity.born().selfLink() + "/" + made++);
      String name = intent.asked().getBaseInstanceName() + "-" + end;
      if (!members.containsKey(name)) {
        return name;
      }
    }
  }

  /** The member that a reference to its instance means. */
  Optional<Member> meant(String instance) {
    return Optional.ofNullable(members.get(Links.last(instance)))
        .filter(member -> estate.links().expand(instance).equals(Optional.of(link(member))));
  }

  /** Makes it anew under its name, as the versions' sizes want it. */
  void recreate(Member member) {
    lifecycle.recreate(member, next(member));
  }

  /** The same, unless it is so already. */
  void update(Member member) {
    if (!next(member).equals(member.version())) {
      recreate(member);
    }
  }

  private VersionKey next(Member member) {
    return intent.next(
        member.version(), standing().stream().map(RolloutPlan.Standing::version).toList());
  }

  void delete(List<Member> chosen) {
    chosen.forEach(lifecycle::delete);
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

  /** Deletes every instance; nothing is made any more. */
  void leave() {
    leaving = true;
    members().stream().filter(member -> !member.leaving()).forEach(lifecycle::delete);
  }

  void forget(Member member) {
    members.remove(member.name());
    settle();
  }

  void note(Member member, Errors error) {
    mishaps.add(member, link(member), error, Ids.time(estate.schedule().now()));
  }

  /** The selfLink of its instance. */
  public String link(Member member) {
    return estate.links().to(member.zone(), "instances", member.name());
  }

  boolean uses(String template) {
    return intent.names(template)
        || members.values().stream()
            .anyMatch(member -> member.version().template().equals(template));
  }
}
