package localcloud.world;

import com.google.cloud.compute.v1.Instance;
import java.util.Comparator;
import java.util.List;

/** The machines of all groups. There are no others yet. */
public final class Instances {
  private final Estate estate;
  private final Groups groups;

  Instances(Estate estate, Groups groups) {
    this.estate = estate;
    this.groups = groups;
  }

  /** The instance of this name. */
  public Instance get(Scope zone, String name) {
    return vm(zone, name).resource();
  }

  /** The instances of one zone by name. */
  public List<Instance> list(Scope zone) {
    return groups
        .allMembers()
        .filter(member -> member.zone().equals(zone))
        .flatMap(member -> member.vm().stream())
        .map(Vm::resource)
        .sorted(Comparator.comparing(Instance::getName))
        .toList();
  }

  /** What the instance's first serial port has said since it was switched on. */
  public SerialOutput console(Scope zone, String name) {
    return vm(zone, name)
        .machine()
        .map(machine -> machine.console(estate.schedule().now()))
        .orElse(SerialOutput.NOTHING);
  }

  private Vm vm(Scope zone, String name) {
    return groups
        .allMembers()
        .filter(member -> member.zone().equals(zone) && member.name().equals(name))
        .flatMap(member -> member.vm().stream())
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(estate.links().path(zone, "instances", name)));
  }
}
