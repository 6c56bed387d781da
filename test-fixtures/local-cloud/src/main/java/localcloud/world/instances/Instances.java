package localcloud.world.instances;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import localcloud.world.operations.Estate;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/** All instances, of groups and single ones. */
public final class Instances {
  private final Estate estate;
  private final SingleInstances singles;
  private final Supplier<Stream<Vm>> ofGroups;

  /**
   * Knows those that the groups have made, and the others.
   *
   * @param ofGroups all of a group's at this moment
   */
  public Instances(Estate estate, SingleInstances singles, Supplier<Stream<Vm>> ofGroups) {
    this.estate = estate;
    this.singles = singles;
    this.ofGroups = ofGroups;
  }

  /** Makes one by itself; 409 if its name is taken in the zone. */
  public Operation insert(Scope zone, Instance asked) {
    if (in(zone).anyMatch(vm -> vm.resource().getName().equals(asked.getName()))) {
      throw Refusals.alreadyExists(estate.links().path(zone, "instances", asked.getName()));
    }
    return singles.insert(zone, asked);
  }

  /** Switches one on. */
  public Operation start(Scope zone, String name) {
    return singles.start(zone, vm(zone, name));
  }

  /** Switches one off; a group repairs its own. */
  public Operation stop(Scope zone, String name) {
    return singles.stop(zone, vm(zone, name));
  }

  /** Suspends one that runs; a group repairs its own. */
  public Operation suspend(Scope zone, String name) {
    return singles.suspend(zone, vm(zone, name));
  }

  /** Lets one that is suspended run again. */
  public Operation resume(Scope zone, String name) {
    return singles.resume(zone, vm(zone, name));
  }

  /** Switches one off and on. */
  public Operation reset(Scope zone, String name) {
    return singles.reset(zone, vm(zone, name));
  }

  /** Deletes one; a group makes its own anew. */
  public Operation delete(Scope zone, String name) {
    return singles.delete(zone, vm(zone, name));
  }

  /** The instance of this name. */
  public Instance get(Scope zone, String name) {
    return vm(zone, name).resource();
  }

  /** The image that the disk of this name was made of, if an instance boots from it. */
  public Optional<String> imageOfDisk(Scope zone, String disk) {
    String link = estate.links().to(zone, "disks", disk);
    return in(zone)
        .filter(
            vm ->
                vm.resource().getDisksList().stream()
                    .anyMatch(one -> one.getBoot() && one.getSource().equals(link)))
        .map(Vm::image)
        .findFirst();
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
        .filter(
            vm ->
                vm.resource().getName().equals(name)
                    || Long.toUnsignedString(vm.resource().getId()).equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound(estate.links().path(zone, "instances", name)));
  }

  private Stream<Vm> in(Scope zone) {
    String link = estate.links().to(zone);
    return Stream.concat(ofGroups.get(), singles.all())
        .filter(vm -> vm.resource().getZone().equals(link));
  }
}
