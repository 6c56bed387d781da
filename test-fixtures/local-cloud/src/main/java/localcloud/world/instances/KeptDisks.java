package localcloud.world.instances;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Disk;
import java.util.List;
import localcloud.world.places.Links;

/** The disks of an instance that stay when it goes: those that are not deleted automatically. */
final class KeptDisks {
  private KeptDisks() {}

  /** As they were asked for; what they are made of is known of the boot disk alone. */
  static List<Disk> of(Vm vm) {
    return vm.resource().getDisksList().stream()
        .filter(disk -> !disk.getAutoDelete())
        .map(disk -> disk(vm, disk))
        .toList();
  }

  private static Disk disk(Vm vm, AttachedDisk attached) {
    Disk.Builder disk = Disk.newBuilder().setName(Links.last(attached.getSource()));
    if (attached.hasDiskSizeGb()) {
      disk.setSizeGb(attached.getDiskSizeGb());
    }
    return attached.getBoot() ? disk.setSourceImage(vm.image()).build() : disk.build();
  }
}
