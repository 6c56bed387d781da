package localcloud.world.groups;

import com.google.cloud.compute.v1.Operation;
import java.util.List;
import java.util.function.Consumer;
import localcloud.world.instances.SingleInstances;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** What is done to single instances of a group; each is named by a link or a path. */
public final class ManagedInstances {
  private final Groups groups;
  private final SingleInstances singles;

  public ManagedInstances(Groups groups, SingleInstances singles) {
    this.groups = groups;
    this.singles = singles;
  }

  /** Makes these instances anew, as the group's present versions say, whatever its policy. */
  public Operation recreate(Scope home, String name, List<String> instances) {
    Group group = groups.present(home, name);
    return each(group, "recreateInstances", chosen(group, instances), group::recreate);
  }

  /**
   * Makes those of these instances anew that are not as the group's versions want them, and gives
   * the others the all-instances configuration.
   *
   * @param replace whether all of them are made anew, whatever they are
   */
  public Operation applyUpdates(Scope home, String name, List<String> instances, boolean replace) {
    Group group = groups.present(home, name);
    Consumer<Member> update = replace ? group::recreate : group::update;
    return each(group, "applyUpdatesToInstances", chosen(group, instances), update);
  }

  private Operation each(Group group, String method, List<Member> chosen, Consumer<Member> change) {
    return groups.begin(
        Groups.METHODS + method,
        group,
        () -> {
          chosen.forEach(change);
          group.settle();
        });
  }

  /** Lets these instances go, which run on by themselves, and makes the group smaller. */
  public Operation abandon(Scope home, String name, List<String> instances) {
    Group group = groups.present(home, name);
    List<Member> chosen = chosen(group, instances);
    GroupIntent smaller = groups.sized(group, group.intent().target() - chosen.size());
    return groups.begin(
        Groups.METHODS + "abandonInstances",
        group,
        () -> {
          chosen.forEach(
              member -> {
                member.leave();
                member.vm().ifPresent(singles::adopt);
                group.forget(member);
              });
          group.become(smaller);
        });
  }

  /** Makes the group larger by instances of these names. */
  public Operation create(Scope home, String name, List<String> names) {
    Group group = groups.present(home, name);
    for (String wanted : names) {
      Names.check("instances.name", wanted);
      if (group.members().stream().anyMatch(member -> member.name().equals(wanted))) {
        throw Refusals.alreadyExists(wanted);
      }
    }
    GroupIntent larger = groups.sized(group, group.intent().target() + names.size());
    return groups.begin(
        Groups.METHODS + "createInstances",
        group,
        () -> {
          group.roster().nextNames(names);
          group.become(larger);
        });
  }

  /** Deletes these instances and makes the group smaller by as many. */
  public Operation delete(Scope home, String name, List<String> instances) {
    Group group = groups.present(home, name);
    List<Member> chosen = chosen(group, instances);
    GroupIntent smaller = groups.sized(group, group.intent().target() - chosen.size());
    return groups.begin(
        Groups.METHODS + "deleteInstances",
        group,
        () -> {
          group.delete(chosen);
          group.become(smaller);
        });
  }

  /**
   * Suspends these instances, which run: as many fewer are the group's target size, and as many
   * more stand by.
   *
   * @param atOnce whether the standby policy's initial delay does not count
   */
  public Operation suspend(Scope home, String name, List<String> instances, boolean atOnce) {
    return rest(groups.present(home, name), instances, Rest.SUSPENDED, atOnce);
  }

  /** Switches these off, in the same way. */
  public Operation stop(Scope home, String name, List<String> instances, boolean atOnce) {
    return rest(groups.present(home, name), instances, Rest.STOPPED, atOnce);
  }

  /** Lets these run again, which are suspended. */
  public Operation resume(Scope home, String name, List<String> instances) {
    return wake(groups.present(home, name), instances, Rest.SUSPENDED);
  }

  /** The same of those that were stopped. */
  public Operation start(Scope home, String name, List<String> instances) {
    return wake(groups.present(home, name), instances, Rest.STOPPED);
  }

  private Operation rest(Group group, List<String> instances, Rest kind, boolean atOnce) {
    List<Member> chosen = chosen(group, instances);
    for (Member member : chosen) {
      if (member.vm().filter(vm -> vm.is("RUNNING")).isEmpty()) {
        throw refused(group, group.link(member), "It is not running.");
      }
    }
    GroupIntent next = group.intent().sized(-chosen.size(), kind, chosen.size());
    return groups.begin(
        Groups.METHODS + kind.begin.method(),
        group,
        () -> {
          group.rest(chosen, kind, atOnce);
          group.become(next);
        });
  }

  private Operation wake(Group group, List<String> instances, Rest kind) {
    List<Member> chosen =
        instances.stream()
            .distinct()
            .map(
                one ->
                    group
                        .resting(kind, one)
                        .orElseThrow(() -> refused(group, one, "It is not " + kind.status + ".")))
            .toList();
    GroupIntent next = group.intent().sized(chosen.size(), kind, -chosen.size());
    return groups.begin(
        Groups.METHODS + kind.end.method(),
        group,
        () -> {
          group.wake(chosen, kind);
          group.become(next);
        });
  }

  /** At Google the operation fails; the sentences are inferred. */
  private static ApiException refused(Group group, String instance, String why) {
    return Refusals.invalid("instances", instance, why + " The group is " + group.name() + ".");
  }

  private static List<Member> chosen(Group group, List<String> instances) {
    return instances.stream()
        .distinct()
        .map(
            instance ->
                group
                    .meant(instance)
                    .filter(member -> !member.leaving())
                    .orElseThrow(
                        () ->
                            Refusals.invalid(
                                "instances",
                                instance,
                                "It is not an instance of the group " + group.name() + ".")))
        .toList();
  }
}
