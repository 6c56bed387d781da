package localcloud.world;

import com.google.cloud.compute.v1.Operation;
import java.util.List;

/** What is done to single instances of a group; each is named by a link or a path. */
public final class ManagedInstances {
  private final Groups groups;

  ManagedInstances(Groups groups) {
    this.groups = groups;
  }

  /** Makes these instances anew, as the group's present versions say, whatever its policy. */
  public Operation recreate(Scope home, String name, List<String> instances) {
    Group group = groups.present(home, name);
    return recreate(group, "recreateInstances", chosen(group, instances));
  }

  /** Makes those of these instances anew that have not the group's versions. */
  public Operation applyUpdates(Scope home, String name, List<String> instances) {
    Group group = groups.present(home, name);
    List<Member> outdated = chosen(group, instances).stream().filter(group::isOutdated).toList();
    return recreate(group, "applyUpdatesToInstances", outdated);
  }

  private Operation recreate(Group group, String method, List<Member> chosen) {
    return groups.begin(
        Groups.METHODS + method,
        group,
        () -> {
          chosen.forEach(group::recreate);
          group.settle();
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
