package localcloud.world.groups;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstancePropertiesPatch;
import com.google.cloud.compute.v1.InstanceTemplate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import localcloud.world.instances.Board;
import localcloud.world.instances.InstanceForm;
import localcloud.world.instances.Machines;
import localcloud.world.instances.Vm;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Obstacles;
import localcloud.world.refusals.OperationFailed;

/** Makes the instances of one group, as their versions say. */
final class Maker {
  private final Estate estate;
  private final Supplies supplies;
  private final Group group;

  Maker(Estate estate, Supplies supplies, Group group) {
    this.estate = estate;
    this.supplies = supplies;
    this.group = group;
  }

  /**
   * A new instance, not yet switched on.
   *
   * @throws OperationFailed if it cannot be made, which is tried again
   */
  Vm make(Member member) {
    InstanceTemplate template = template(member);
    Image image = supplies.images().booted(boot(template));
    hinder(member, template);
    return new Vm(Board.checked(form(member, template), image), image.getSelfLink());
  }

  /** One that has this status from the start, and has never run. */
  Vm stock(Member member, String status) {
    InstanceTemplate template = template(member);
    Vm vm = new Vm(form(member, template), boot(template).getSourceImage());
    vm.becomes(status);
    return vm;
  }

  /**
   * Switches an instance on: from the disk that it has run from, if it has.
   *
   * @throws OperationFailed if that cannot be
   */
  void start(Member member, Vm vm, Instant now) {
    InstanceTemplate template = template(member);
    Path disk = vm.disk().orElseGet(() -> supplies.images().disk(boot(template)));
    Board board = Board.of(vm.resource());
    Machines.Spec spec = new Machines.Spec(member.name(), disk, board, now, template.getName());
    vm.runs(supplies.machines().start(spec), now, disk);
  }

  /** Gives a running instance the labels and metadata that its member's version says. */
  void refresh(Member member, Vm vm) {
    InstanceTemplate template = template(member);
    InstancePropertiesPatch overrides = member.version().overrides();
    vm.becomes(InstanceForm.overridden(vm.resource(), template, overrides));
  }

  private InstanceTemplate template(Member member) {
    return supplies.templates().referred(member.version().template());
  }

  private Instance form(Member member, InstanceTemplate template) {
    Instance plain =
        InstanceForm.of(
            estate.newborn(group.link(member)),
            member.zone(),
            template,
            new InstanceForm.Origin(
                group.identity().born().selfLink(), template.getSelfLink(), number(member)));
    return InstanceForm.overridden(plain, template, member.version().overrides());
  }

  private static long number(Member member) {
    return Math.floorMod((long) member.name().hashCode(), 4000L);
  }

  private void hinder(Member member, InstanceTemplate template) {
    Optional<OperationFailed> obstacle =
        estate
            .obstacles()
            .creation(
                new Obstacles.Attempt(
                    member.name(), member.zone(), group.name(), template.getName()));
    if (obstacle.isPresent()) {
      throw obstacle.get();
    }
  }

  private static AttachedDiskInitializeParams boot(InstanceTemplate template) {
    return template.getProperties().getDisksList().stream()
        .filter(AttachedDisk::getBoot)
        .findFirst()
        .orElseThrow()
        .getInitializeParams();
  }
}
