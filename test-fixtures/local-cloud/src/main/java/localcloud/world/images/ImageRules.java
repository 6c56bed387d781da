package localcloud.world.images;

import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.CustomerEncryptionKey;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.OperationFailed;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** What may be asked of an image. */
final class ImageRules {
  /** Kept as given; Google ignores what it calls output only. */
  private static final Set<String> KEPT =
      Set.of(
          "architecture",
          "description",
          "family",
          "guestOsFeatures",
          "imageEncryptionKey",
          "labels",
          "licenses",
          "name",
          "rawDisk",
          "sourceDisk",
          "sourceImage",
          "sourceType",
          "storageLocations");

  private static final Set<String> OUTPUT =
      Set.of(
          "archiveSizeBytes",
          "creationTimestamp",
          "id",
          "kind",
          "labelFingerprint",
          "selfLink",
          "status");

  /** GuestOsFeature.type: its enumeration, and what its description names besides. */
  private static final Set<String> FEATURES =
      Set.of(
          "BARE_METAL_LINUX_COMPATIBLE",
          "BMSAI_CAPABLE",
          "CCA_CAPABLE",
          "FEATURE_TYPE_UNSPECIFIED",
          "GVNIC",
          "IDPF",
          "MULTI_IP_SUBNET",
          "SECURE_BOOT",
          "SEV_CAPABLE",
          "SEV_LIVE_MIGRATABLE",
          "SEV_LIVE_MIGRATABLE_V2",
          "SEV_SNP_CAPABLE",
          "SNP_SVSM_CAPABLE",
          "SUSPEND_RESUME_COMPATIBLE",
          "SUSPEND_SAFE_FPR",
          "TDX_CAPABLE",
          "UEFI_COMPATIBLE",
          "VIRTIO_SCSI_MULTIQUEUE",
          "WINDOWS");

  private static final Set<String> STATES = Set.of("ACTIVE", "DEPRECATED", "OBSOLETE", "DELETED");

  private ImageRules() {}

  static void check(Image asked) {
    Names.check("resource.name", asked.getName());
    Names.checkLabels("resource.labels", asked.getLabelsMap());
    if (asked.hasFamily()) {
      Names.check("resource.family", asked.getFamily());
    }
    int sources =
        (asked.getRawDisk().hasSource() ? 1 : 0)
            + (asked.hasSourceDisk() ? 1 : 0)
            + (asked.hasSourceImage() ? 1 : 0)
            + (asked.hasSourceSnapshot() ? 1 : 0);
    if (sources != 1) {
      // The text of ansible-collections/google.cloud#378.
      throw new ApiException(
          400,
          "invalid",
          "Invalid resource usage: 'Must specify exactly one source for an image.'");
    }
    Set<String> set =
        Names.said(asked).stream()
            .filter(field -> !OUTPUT.contains(field))
            .collect(Collectors.toSet());
    Names.refuseOthers(set, KEPT, "image.");
    if (asked.getRawDisk().hasSha1Checksum()) {
      throw Refusals.notModelled("the field image.rawDisk.sha1Checksum");
    }
    checkNeeds(asked);
    expect("resource.sourceType", asked.getSourceType(), Set.of("", "RAW"));
    expect(
        "resource.rawDisk.containerType", asked.getRawDisk().getContainerType(), Set.of("", "TAR"));
  }

  /** What the image says of itself; the words where it cannot be so are inferred. */
  private static void checkNeeds(Image asked) {
    expect(
        "resource.architecture",
        asked.getArchitecture(),
        Set.of("", "ARCHITECTURE_UNSPECIFIED", "ARM64", "X86_64"));
    for (GuestOsFeature feature : asked.getGuestOsFeaturesList()) {
      expect("resource.guestOsFeatures.type", feature.getType(), FEATURES);
    }
    if (asked.getStorageLocationsCount() > 1) {
      throw Refusals.invalid(
          "resource.storageLocations",
          asked.getStorageLocationsList().toString(),
          "An image has one storage location.");
    }
    CustomerEncryptionKey key = asked.getImageEncryptionKey();
    if (key.hasRawKey() || key.hasRsaEncryptedKey() || key.hasKmsKeyServiceAccount()) {
      throw Refusals.notModelled("image.imageEncryptionKey but for its kmsKeyName");
    }
  }

  private static void expect(String field, String value, Set<String> values) {
    if (!values.contains(value)) {
      throw Refusals.invalid(field, value, "Expected one of " + values);
    }
  }

  /**
   * Images.patch: "Only the following fields can be modified: family, description, deprecation".
   * The rest of the body is dropped without a word: a recorded patch with labels is answered by an
   * operation, and the image has its old labels afterwards
   * (GoogleCloudPlatform/k8s-config-connector, basic/compute/v1beta1/computeimage).
   */
  static Image patched(Image before, Image after) {
    Image.Builder kept = before.toBuilder().clearFamily().clearDescription();
    if (!after.getFamily().isEmpty()) {
      Names.check("resource.family", after.getFamily());
      kept.setFamily(after.getFamily());
    }
    if (after.hasDescription()) {
      kept.setDescription(after.getDescription());
    }
    return deprecated(kept.build(), after.getDeprecated());
  }

  static Image labelled(Image image, Map<String, String> labels, String fingerprint) {
    Names.checkLabels("labels", labels);
    if (!fingerprint.equals(image.getLabelFingerprint())) {
      throw Refusals.stale();
    }
    return image.toBuilder()
        .clearLabels()
        .putAllLabels(labels)
        .setLabelFingerprint(Names.fingerprint(labels))
        .build();
  }

  static Image deprecated(Image image, DeprecationStatus status) {
    String state = status.getState();
    if (!state.isEmpty() && !STATES.contains(state)) {
      throw Refusals.invalid("resource.state", state, "Expected one of " + STATES);
    }
    boolean nothing = status.equals(DeprecationStatus.getDefaultInstance());
    Image.Builder changed = image.toBuilder();
    return nothing ? changed.clearDeprecated().build() : changed.setDeprecated(status).build();
  }

  /** "Operations which communicate the end of life date for an image, can use ACTIVE". */
  static boolean active(Image image) {
    String state = image.getDeprecated().getState();
    return state.isEmpty() || state.equals("ACTIVE");
  }

  /** A DEPRECATED image still boots; OBSOLETE and DELETED ones do not (DeprecationStatus.state). */
  static boolean usable(Image image) {
    String state = image.getDeprecated().getState();
    return image.getStatus().equals("READY")
        && !state.equals("OBSOLETE")
        && !state.equals("DELETED");
  }

  /** The text of elasticluster/elasticluster#716 and others; the code is inferred. */
  static void checkFits(Image image, AttachedDiskInitializeParams boot) {
    if (boot.hasDiskSizeGb() && boot.getDiskSizeGb() < image.getDiskSizeGb()) {
      throw new OperationFailed(
          "INVALID_FIELD_VALUE",
          400,
          "Invalid value for field 'resource.disks[0].initializeParams.diskSizeGb': '"
              + boot.getDiskSizeGb()
              + "'. Requested disk size cannot be smaller than the image size ("
              + image.getDiskSizeGb()
              + " GB)");
    }
  }
}
