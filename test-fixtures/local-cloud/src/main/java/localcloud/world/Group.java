package localcloud.world;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import com.google.cloud.compute.v1.InstanceTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One managed instance group: what it shall be, its members, and how the two come together. */
final class Group {
  private static final String INSTANCES = "instances";

  /** A group's own facts, which never change. */
  record Identity(Newborn born, Scope home, List<Scope> zones) {}

  private final Estate estate;
  private final Identity identity;
  private final Supplies supplies;
  private final Lifecycle lifecycle;
  private final Mishaps mishaps = new Mishaps();
  private final List<Member> members = new ArrayList<>();
  private GroupIntent intent;
  private boolean leaving;
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

  GroupIntent intent() {
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
    Set<String> checks = new TreeSet<>(supplies.backends().checks(instanceGroup()));
    intent.healing().ifPresent(policy -> checks.add(policy.getHealthCheck()));
    return checks;
  }

  List<Member> members() {
    return members;
  }

  List<InstanceManagedByIgmError> errors() {
    return mishaps.list();
  }

  boolean leaving() {
    return leaving;
  }

  void become(GroupIntent wanted) {
    intent = wanted;
    settle();
  }

  /** Another size, as its autoscaler wants it: whatever was asked before. */
  void scale(int size) {
    if (size != intent.target()) {
      become(new GroupIntent(intent.asked().toBuilder().setTargetSize(size).build()));
    }
  }

  /** The work that is put on its serving machines together, in vCPUs. */
  double demand() {
    return demand;
  }

  void demand(double vcpus) {
    demand = vcpus;
  }

  /** Starts whatever can be started now. */
  void settle() {
    if (leaving) {
      return;
    }
    for (RolloutPlan.Step step : RolloutPlan.next(intent.shares(), intent.bounds(), standing())) {
      take(step);
    }
  }

  private void take(RolloutPlan.Step step) {
    if (step instanceof RolloutPlan.Step.Create create) {
      Scope zone = identity.zones().get((int) (made % identity.zones().size()));
      Member member = new Member(freshName(), zone, create.version());
      members.add(member);
      lifecycle.create(member);
    } else if (step instanceof RolloutPlan.Step.Recreate recreate) {
      lifecycle.recreate(member(recreate.name()), recreate.version());
    } else if (step instanceof RolloutPlan.Step.Delete delete) {
      lifecycle.delete(member(delete.name()));
    }
  }

  private Member member(String name) {
    return members.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private String freshName() {
    while (true) {
      String seed = identity.born().selfLink() + "/" + made++;
      String name = intent.asked().getBaseInstanceName() + "-" + Names.suffix(seed);
      if (members.stream().noneMatch(member -> member.name().equals(name))) {
        return name;
      }
    }
  }

  /** The members that are not being deleted, oldest first. */
  List<RolloutPlan.Standing> standing() {
    return members.stream()
        .filter(member -> !member.leaving())
        .map(
            member -> new RolloutPlan.Standing(member.name(), member.version(), member.available()))
        .toList();
  }

  /** Deletes every instance; nothing is made any more. */
  void leave() {
    leaving = true;
    List.copyOf(members).stream().filter(member -> !member.leaving()).forEach(lifecycle::delete);
  }

  void forget(Member member) {
    members.remove(member);
    settle();
  }

  void note(Member member, Errors error) {
    mishaps.add(member, link(member), error, Ids.time(estate.schedule().now()));
  }

  /** The instance that this member is to have next. */
  Instance form(Member member, InstanceTemplate template) {
    return InstanceForm.of(
        estate.newborn(link(member)),
        member.zone(),
        template,
        new InstanceForm.Origin(
            identity.born().selfLink(), template.getSelfLink(), number(member)));
  }

  private long number(Member member) {
    return Math.floorMod((long) member.name().hashCode(), 4000L);
  }

  String link(Member member) {
    return estate.links().to(member.zone(), INSTANCES, member.name());
  }

  boolean uses(String template) {
    return intent.names(template)
        || members.stream().anyMatch(member -> member.version().template().equals(template));
  }
}
