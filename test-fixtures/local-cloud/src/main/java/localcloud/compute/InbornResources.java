package localcloud.compute;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Instance;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localcloud.world.World;
import localcloud.world.passive.PassiveKind;
import localcloud.world.passive.PassiveResources;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/**
 * What nobody made by itself: the network that every project begins with, and the disks that came
 * with their instances, and go with them.
 */
final class InbornResources {
  /** Google's page "Persistent Disk", the least of a standard one. */
  private static final long SMALLEST_GB = 10;

  private final World world;

  InbornResources(World world) {
    this.world = world;
  }

  List<Message> list(PassiveKind kind, Scope place) {
    return switch (kind.service()) {
      case "Networks" -> List.of(world.places().network("default"));
      case "Disks" ->
          place.isZone()
              ? disks(place).filter(disk -> !isMade(kind, place, disk)).toList()
              : List.of();
      default -> List.of();
    };
  }

  Optional<Message> find(PassiveKind kind, Scope place, String name) {
    return list(kind, place).stream()
        .filter(one -> Fields.text(one, "name").equals(name))
        .findFirst();
  }

  /** The disk of this name, whoever made it. */
  Disk disk(Scope zone, String name) {
    PassiveKind kind = PassiveResources.DISKS;
    Message found =
        find(kind, zone, name)
            .orElseGet(() -> shown(kind, zone, world.passive().get(kind, zone, name)));
    return Disk.newBuilder().mergeFrom(found).build();
  }

  /** With the instances that use it. */
  Message shown(PassiveKind kind, Scope place, Message made) {
    if (!kind.service().equals("Disks")) {
      return made;
    }
    Disk.Builder disk = Disk.newBuilder().mergeFrom(made);
    disks(place)
        .map(Disk.class::cast)
        .filter(one -> one.getName().equals(disk.getName()))
        .forEach(one -> disk.addAllUsers(one.getUsersList()));
    return disk.build();
  }

  /** Refuses to take away what an instance or a project rests on. */
  void checkUnused(PassiveKind kind, Scope place, String name) {
    if (kind.service().equals("Disks")) {
      disks(place)
          .filter(disk -> Fields.text(disk, "name").equals(name))
          .map(disk -> Links.pathOf(((Disk) disk).getUsers(0)))
          .findFirst()
          .ifPresent(
              user -> {
                throw Refusals.inUse("disk", world.links().path(place, "disks", name), user);
              });
    }
    if (kind.service().equals("Networks") && name.equals("default")) {
      throw Refusals.notModelled("a project without its default network");
    }
  }

  /** Somebody made it, and an instance uses it. */
  private boolean isMade(PassiveKind kind, Scope place, Message disk) {
    return world.passive().list(kind, place).stream()
        .anyMatch(one -> Fields.text(one, "name").equals(Fields.text(disk, "name")));
  }

  private Stream<Message> disks(Scope zone) {
    return world.instances().list(zone).stream()
        .flatMap(
            instance -> instance.getDisksList().stream().map(disk -> disk(zone, instance, disk)));
  }

  private Message disk(Scope zone, Instance instance, AttachedDisk attached) {
    String name = Links.last(attached.getSource());
    Disk.Builder disk =
        Disk.newBuilder()
            .setKind("compute#disk")
            .setId(instance.getId() + 1 + attached.getIndex())
            .setName(name)
            .setCreationTimestamp(instance.getCreationTimestamp())
            .setZone(world.links().to(zone))
            .setSelfLink(attached.getSource())
            .setStatus("READY")
            .setType(world.links().to(zone, "diskTypes", "pd-standard"))
            .setSizeGb(Math.max(SMALLEST_GB, attached.getDiskSizeGb()))
            .setPhysicalBlockSizeBytes(4096)
            .addUsers(instance.getSelfLink());
    return disk.build();
  }
}
