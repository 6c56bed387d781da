package localcloud.world.images;

import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.RawDisk;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.world.operations.Newborn;
import localcloud.world.refusals.ApiException;
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
          "labels",
          "name",
          "rawDisk",
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

  private static final Set<String> STATES = Set.of("ACTIVE", "DEPRECATED", "OBSOLETE", "DELETED");

  private ImageRules() {}

  static void check(Image asked) {
    Names.check("resource.name", asked.getName());
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
    expect("resource.sourceType", asked.getSourceType(), Set.of("", "RAW"));
    expect(
        "resource.rawDisk.containerType", asked.getRawDisk().getContainerType(), Set.of("", "TAR"));
  }

  private static void expect(String field, String value, Set<String> values) {
    if (!values.contains(value)) {
      throw Refusals.invalid(field, value, "Expected one of " + values);
    }
  }

  static Image pending(Image asked, Newborn born) {
    Image.Builder image =
        asked.toBuilder()
            .clearArchiveSizeBytes()
            .setKind("compute#image")
            .setId(born.id())
            .setSelfLink(born.selfLink())
            .setCreationTimestamp(born.creationTimestamp())
            .setSourceType("RAW")
            .setStatus("PENDING")
            .setLabelFingerprint(Names.fingerprint(asked.getLabelsMap()))
            .setRawDisk(RawDisk.newBuilder().setContainerType("TAR").setSource(""));
    if (image.getStorageLocationsCount() == 0) {
      image.addStorageLocations("us");
    }
    return image.build();
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
}
