package localcloud.world.groups;

import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.resources.Numbered;

/** One managed instance group: what it shall be, its members, and how the two come together. */
public final class Group implements Numbered {
  /** A group's own facts, which never change. */
  record Identity(Newborn born, Scope home, List<Scope> zones) {}

  private final Estate estate;
  private final Identity identity;
  private final Supplies supplies;
  private final Lifecycle lifecycle;
  private final Roster roster;
  private GroupIntent intent;
  private Instant revised;
  private boolean leaving;
  private boolean settling;
  private double demand;

  Group(Estate estate, Supplies supplies, Identity identity, GroupIntent intent) {
    this.estate = estate;
    this.identity = identity;
    this.intent = intent;
    this.supplies = supplies;
    this.roster = new Roster(identity.zones(), identity.born().selfLink());
    this.revised = estate.schedule().now();
    this.lifecycle = new Lifecycle(estate, supplies, this);
  }

  Identity identity() {
    return identity;
  }

  public GroupIntent intent() {
    return intent;
  }

  @Override
  public long id() {
    return identity.born().id();
  }

  String name() {
    return intent.asked().getName();
  }

  /** The link of the instance group that it manages, which is what balancers know it by. */
  String instanceGroup() {
    return estate.links().to(identity.home(), "instanceGroups", name());
  }

  Roster roster() {
    return roster;
  }

  /** Those that are being deleted too. */
  public List<Member> members() {
    return roster.all();
  }

  List<InstanceManagedByIgmError> errors() {
    return lifecycle.errors();
  }

  /** Whether the group itself is being deleted. */
  public boolean leaving() {
    return leaving;
  }

  /** When its all-instances configuration was last changed. */
  Instant revised() {
    return revised;
  }

  void become(GroupIntent changed) {
    if (!changed.overrides().equals(intent.overrides())) {
      revised = estate.schedule().now();
    }
    intent = changed;
    roster.counted().forEach(member -> member.move(false));
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
    roster.settleStandby(intent, this::stock);
    Spread spread = roster.spread();
    plan().forEach(step -> take(step, spread));
  }

  /** At rest, a group that stands unevenly over its zones begins to move instances. */
  private void redistribute() {
    if (intent.redistributes() && isIdle()) {
      roster.spread().misplaced().forEach(member -> member.move(true));
    }
  }

  /** Whether nothing is being done and, by the update policy, nothing is to be done. */
  boolean isIdle() {
    return roster.all().stream().allMatch(one -> one.action() == Member.Action.NONE)
        && plan().isEmpty();
  }

  private List<RolloutPlan.Step> plan() {
    return RolloutPlan.next(intent.shares(), intent.bounds(), roster.standing());
  }

  private String freshName() {
    return roster.freshName(intent.asked().getBaseInstanceName());
  }

  private Member stock(Rest kind) {
    Member member = new Member(freshName(), roster.spread().emptiest(), intent.rest());
    lifecycle.stock(member, kind);
    return member;
  }

  private void take(RolloutPlan.Step step, Spread spread) {
    if (step instanceof RolloutPlan.Step.Create create) {
      Member member = new Member(freshName(), spread.emptiest(), create.version());
      roster.add(member);
      spread.add(member);
      lifecycle.create(member);
    } else if (step instanceof RolloutPlan.Step.Recreate recreate) {
      lifecycle.recreate(roster.get(recreate.name()), recreate.version());
    } else if (step instanceof RolloutPlan.Step.Delete delete) {
      Member member = roster.get(delete.name());
      spread.remove(member);
      lifecycle.delete(member);
    }
  }

  /** The member that is to run and that a reference to its instance means. */
  Optional<Member> meant(String instance) {
    return roster.counted(Links.last(instance)).filter(member -> isOf(member, instance));
  }

  /** The same of one that stands by. */
  Optional<Member> resting(Rest kind, String instance) {
    return roster.resting(kind, Links.last(instance)).filter(member -> isOf(member, instance));
  }

  private boolean isOf(Member member, String instance) {
    return estate.links().expand(instance).equals(Optional.of(link(member)));
  }

  /** Suspends or stops these, which the group's sizes must allow for. */
  void rest(List<Member> chosen, Rest kind, boolean atOnce) {
    for (Member member : chosen) {
      roster.rest(member, kind);
      lifecycle.rest(member, kind, atOnce);
    }
  }

  /** Lets these, which stand by, run again. */
  void wake(List<Member> chosen, Rest kind) {
    for (Member member : chosen) {
      roster.add(member);
      lifecycle.wake(member, kind);
    }
  }

  /** Makes it anew under its name, as the versions' sizes want it. */
  void recreate(Member member) {
    lifecycle.recreate(member, next(member));
  }

  /** Does the least that makes it as its version and the all-instances configuration want it. */
  void update(Member member) {
    VersionKey next = next(member);
    if (!next.bare().equals(member.version().bare())) {
      recreate(member);
    } else if (!next.equals(member.version())) {
      lifecycle.refresh(member, next);
    }
  }

  private VersionKey next(Member member) {
    return intent.next(
        member.version(), roster.standing().stream().map(RolloutPlan.Standing::version).toList());
  }

  void delete(List<Member> chosen) {
    chosen.forEach(lifecycle::delete);
  }

  /** Deletes every instance; nothing is made any more. */
  void leave() {
    leaving = true;
    members().stream().filter(member -> !member.leaving()).forEach(lifecycle::delete);
  }

  void forget(Member member) {
    roster.remove(member);
    settle();
  }

  /** The selfLink of its instance. */
  public String link(Member member) {
    return estate.links().to(member.zone(), "instances", member.name());
  }

  boolean uses(String template) {
    return intent.names(template)
        || members().stream().anyMatch(member -> member.version().template().equals(template));
  }
}
