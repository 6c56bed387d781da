package localcloud.world.instances;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.NetworkInterface;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import localcloud.world.places.Links;
import localcloud.world.places.Places;
import localcloud.world.refusals.OperationFailed;

/**
 * What of a machine decides which disks it can boot.
 *
 * @param memoryMib what its machine type has
 * @param firmware what looks for something to boot
 * @param architecture {@code X86_64} or {@code ARM64}
 */
public record Board(int memoryMib, Firmware firmware, String architecture) {
  private static final String UEFI_COMPATIBLE = "UEFI_COMPATIBLE";

  /** What starts the disk's own program. */
  public enum Firmware {
    /** Runs the code in the disk's first sector. */
    BIOS,
    /** Runs a program from the disk's EFI system partition. */
    UEFI
  }

  /**
   * Of an instance. Its firmware is UEFI if its boot disk says that it can, if it asks for Secure
   * Boot (GoogleCloudPlatform/compute-archlinux-image-builder#44: then whatever the disk says), or
   * if it is an Arm machine, which has no other.
   */
  public static Board of(Instance instance) {
    String type = Links.last(instance.getMachineType());
    String architecture = Places.architecture(type);
    boolean uefi =
        features(boot(instance)).contains(UEFI_COMPATIBLE)
            || instance.getShieldedInstanceConfig().getEnableSecureBoot()
            || architecture.equals("ARM64");
    return new Board(Places.memoryMib(type), uefi ? Firmware.UEFI : Firmware.BIOS, architecture);
  }

  /**
   * The instance with what its boot disk has of its image: the features of the template and of the
   * image together, since nobody says which of the two wins, and the image's architecture.
   *
   * @throws OperationFailed if a machine of this type cannot boot the image
   */
  public static Instance checked(Instance instance, Image image) {
    Instance.Builder shown = instance.toBuilder();
    for (AttachedDisk.Builder disk : shown.getDisksBuilderList()) {
      if (disk.getBoot()) {
        Set<String> features = new TreeSet<>(features(disk.build()));
        image.getGuestOsFeaturesList().forEach(one -> features.add(one.getType()));
        disk.clearGuestOsFeatures();
        features.forEach(one -> disk.addGuestOsFeatures(GuestOsFeature.newBuilder().setType(one)));
        disk.setArchitecture(image.hasArchitecture() ? image.getArchitecture() : "X86_64");
      }
    }
    check(shown.build());
    return shown.build();
  }

  private static void check(Instance instance) {
    AttachedDisk boot = boot(instance);
    String machines = Places.architecture(Links.last(instance.getMachineType()));
    if (!boot.getArchitecture().equals(machines)) {
      // The sentence of related-sciences/gce-github-runner#46.
      throw new OperationFailed(
          "INVALID_USAGE",
          400,
          "Invalid resource usage: 'Requested boot disk architecture ("
              + boot.getArchitecture()
              + ") is not compatible with machine type architecture ("
              + machines
              + ").'.");
    }
    for (NetworkInterface nic : instance.getNetworkInterfacesList()) {
      if (Set.of("GVNIC", "IDPF").contains(nic.getNicType())
          && !features(boot).contains(nic.getNicType())) {
        // The sentence of autobase-tech/autobase#780, seen with IDPF.
        throw new OperationFailed(
            "INVALID_FIELD_VALUE",
            400,
            "Invalid value for field 'resource.machineType': '"
                + instance.getMachineType()
                + "'. NetworkInterface NicType can only be set to "
                + nic.getNicType()
                + " on instances with "
                + nic.getNicType()
                + " GuestOsFeature.");
      }
    }
  }

  private static AttachedDisk boot(Instance instance) {
    return instance.getDisksList().stream()
        .filter(AttachedDisk::getBoot)
        .findFirst()
        .orElse(AttachedDisk.getDefaultInstance());
  }

  private static Set<String> features(AttachedDisk disk) {
    List<GuestOsFeature> all = disk.getGuestOsFeaturesList();
    return all.stream().map(GuestOsFeature::getType).collect(Collectors.toSet());
  }
}
