package localcloud.world.instances;

import com.google.cloud.compute.v1.Instance;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import localcloud.world.operations.Estate;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/** The machines of all groups. There are no others yet. */
public final class Instances {
  private final Estate estate;
  private final Supplier<Stream<Vm>> all;

  /**
   * Knows those that the groups have made.
   *
   * @param all of them at this moment
   */
  public Instances(Estate estate, Supplier<Stream<Vm>> all) {
    this.estate = estate;
    this.all = all;
  }

  /** The instance of this name. */
  public Instance get(Scope zone, String name) {
    return vm(zone, name).resource();
  }

  /** The instances of one zone by name. */
  public List<Instance> list(Scope zone) {
    return in(zone).map(Vm::resource).sorted(Comparator.comparing(Instance::getName)).toList();
  }

  /** What the instance's first serial port has said since it was switched on. */
  public SerialOutput console(Scope zone, String name) {
    return vm(zone, name)
        .machine()
        .map(machine -> machine.console(estate.schedule().now()))
        .orElse(SerialOutput.NOTHING);
  }

  private Vm vm(Scope zone, String name) {
    return in(zone)
        .filter(vm -> vm.resource().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(estate.links().path(zone, "instances", name)));
  }

  private Stream<Vm> in(Scope zone) {
    String link = estate.links().to(zone);
    return all.get().filter(vm -> vm.resource().getZone().equals(link));
  }
}
