package localcloud.world.groups;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.InstanceGroup;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.NamedPort;
import com.google.cloud.compute.v1.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import localcloud.world.operations.Change;
import localcloud.world.operations.Effect;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Places;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Edit;
import org.jspecify.annotations.Nullable;

/** The project's managed instance groups, by the zone or region that is their home. */
public final class Groups {
  public static final String COLLECTION = "instanceGroupManagers";
  static final String METHODS = "compute.instanceGroupManagers.";

  private final Estate estate;
  private final Supplies supplies;
  private final GroupRules rules;
  private final GroupShelves all;
  private final Function<String, Optional<Autoscaler>> autoscaler;

  /**
   * Starts without any.
   *
   * @param autoscaler that of the group of this link
   */
  public Groups(
      Estate estate,
      Places places,
      Supplies supplies,
      GroupShelves all,
      Function<String, Optional<Autoscaler>> autoscaler) {
    this.estate = estate;
    this.supplies = supplies;
    this.all = all;
    this.autoscaler = autoscaler;
    this.rules =
        new GroupRules(
            supplies.templates(), supplies.checks(), new DistributionRules(estate.links(), places));
  }

  /** The group exists at once; its instances follow. */
  public Operation insert(Scope home, InstanceGroupManager asked) {
    GroupIntent intent = rules.complete(home, asked);
    all.in(home).refuseTaken(asked.getName());
    Newborn born = estate.newborn(all.in(home).link(asked.getName()));
    List<Scope> zones = DistributionRules.zones(home, intent.asked());
    Group group = new Group(estate, supplies, new Group.Identity(born, home, zones), intent);
    return begin(
        "insert",
        group,
        () -> {
          all.in(home).put(asked.getName(), group);
          group.settle();
        });
  }

  /** The group as it stands. */
  public InstanceGroupManager get(Scope home, String name) {
    return view(all.in(home).get(name)).resource();
  }

  /** The groups of one home by name. */
  public List<InstanceGroupManager> list(Scope home) {
    return all.in(home).all().stream().map(group -> view(group).resource()).toList();
  }

  /**
   * Stores a new intent; the operation is DONE when that is stored, while the instances still
   * change.
   *
   * @param fingerprint null if the caller sent none, which the real service lets pass too
   */
  public Operation patch(
      Scope home, String name, @Nullable String fingerprint, Edit<InstanceGroupManager> edit) {
    Group group = present(home, name);
    if (fingerprint != null && !fingerprint.equals(group.intent().fingerprint())) {
      throw Refusals.stale();
    }
    GroupIntent wanted = rules.patched(home, group.intent(), edit.apply(group.intent().asked()));
    if (wanted.target() != group.intent().target()) {
      refuseAutoscaled(group);
    }
    return begin("patch", group, () -> group.become(wanted));
  }

  /**
   * Gives every instance this template: at once if the group updates itself, else the next ones.
   */
  public Operation setTemplate(Scope home, String name, String template) {
    Group group = present(home, name);
    if (template.isEmpty()) {
      throw Refusals.required("instanceTemplate");
    }
    InstanceGroupManager asked =
        group.intent().asked().toBuilder().clearVersions().setInstanceTemplate(template).build();
    GroupIntent wanted = rules.patched(home, group.intent(), asked);
    return begin(METHODS + "setInstanceTemplate", group, () -> group.become(wanted));
  }

  /** Sets the target size; refused where an autoscaler does so. */
  public Operation resize(Scope home, String name, int size) {
    Group group = present(home, name);
    refuseAutoscaled(group);
    GroupIntent wanted = sized(group, size);
    return begin(METHODS + "resize", group, () -> group.become(wanted));
  }

  GroupIntent sized(Group group, int size) {
    InstanceGroupManager wanted = group.intent().asked().toBuilder().setTargetSize(size).build();
    return rules.complete(group.identity().home(), wanted);
  }

  private void refuseAutoscaled(Group group) {
    Optional<Autoscaler> owner = autoscaler.apply(group.identity().born().selfLink());
    if (owner.filter(one -> !one.getAutoscalingPolicy().getMode().equals("OFF")).isPresent()) {
      throw Refusals.autoscaled(group.identity().home().isRegion());
    }
  }

  /**
   * Puts work on a group, which its serving machines share, and returns the group's link. It stays
   * until another amount is set.
   *
   * @param reference a link or a path of the group
   * @param vcpus how many vCPUs the work would fill, from 0
   */
  public String demand(String reference, double vcpus) {
    if (!(vcpus >= 0)) {
      throw Refusals.invalid("vcpus", String.valueOf(vcpus), "Must be a number from 0.");
    }
    String link = estate.links().expand(reference).orElse(reference);
    all.linked(link).orElseThrow(() -> Refusals.notFound(Links.pathOf(link))).demand(vcpus);
    return link;
  }

  /**
   * Names the ports of its instances anew.
   *
   * @param fingerprint of the instance group; null if the caller sent none
   */
  public Operation setNamedPorts(
      Scope home, String name, @Nullable String fingerprint, List<NamedPort> ports) {
    Group group = present(home, name);
    if (fingerprint != null && !fingerprint.equals(group.intent().fingerprint())) {
      throw Refusals.stale();
    }
    GroupIntent wanted =
        rules.complete(
            home,
            group.intent().asked().toBuilder().clearNamedPorts().addAllNamedPorts(ports).build());
    return begin("setNamedPorts", group, () -> group.become(wanted));
  }

  /** Deletes its instances, then the group; refused while it is a backend. */
  public Operation delete(Scope home, String name) {
    Group group = present(home, name);
    Optional<String> backend = supplies.balancers().userOfGroup(group.instanceGroup());
    if (backend.isPresent()) {
      String path = Links.pathOf(group.instanceGroup());
      throw Refusals.inUse("instance_group", path, backend.get());
    }
    return estate.begin(
        change("delete", group),
        estate.pace().machineStop().plus(estate.pace().change()),
        new Effect(group::leave, () -> all.in(home).remove(group.name()), () -> {}));
  }

  Group present(Scope home, String name) {
    Group group = all.in(home).get(name);
    if (group.leaving()) {
      throw Refusals.notReady(all.in(home).path(name));
    }
    return group;
  }

  /** Its instances, each with what is being done to it. */
  public List<ManagedInstance> members(Scope home, String name) {
    return view(all.in(home).get(name)).members();
  }

  /** What went wrong lately, newest first. */
  public List<InstanceManagedByIgmError> errors(Scope home, String name) {
    return all.in(home).get(name).errors();
  }

  /** The unmanaged side of a group. */
  public InstanceGroup instanceGroup(Scope home, String name) {
    if (!all.in(home).has(name)) {
      throw Refusals.notFound(estate.links().path(home, "instanceGroups", name));
    }
    return view(all.in(home).get(name)).instanceGroup();
  }

  /** The unmanaged sides of the groups of one home. */
  public List<InstanceGroup> instanceGroups(Scope home) {
    return all.in(home).all().stream().map(group -> view(group).instanceGroup()).toList();
  }

  Operation begin(String type, Group group, Runnable now) {
    return estate.begin(change(type, group), estate.pace().change(), Effect.now(now));
  }

  private static Change change(String type, Group group) {
    Group.Identity identity = group.identity();
    return new Change(identity.home(), type, identity.born().selfLink(), identity.born().id());
  }

  private GroupView view(Group group) {
    return new GroupView(
        estate.links(), group, autoscaler.apply(group.identity().born().selfLink()));
  }
}
