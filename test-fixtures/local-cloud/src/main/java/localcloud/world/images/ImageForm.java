package localcloud.world.images;

import com.google.cloud.compute.v1.CustomerEncryptionKey;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.RawDisk;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.resources.Names;

/** Fills in what Google says of an image besides what was asked. */
final class ImageForm {
  private static final String KEY_VERSION = "/cryptoKeyVersions/1";

  private ImageForm() {}

  /** A new one, whose import has begun. */
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
            .setLabelFingerprint(Names.fingerprint(asked.getLabelsMap()));
    if (asked.hasRawDisk()) {
      image.setRawDisk(RawDisk.newBuilder().setContainerType("TAR").setSource(""));
    }
    if (asked.getArchitecture().equals("ARCHITECTURE_UNSPECIFIED")) {
      image.clearArchitecture();
    }
    if (asked.getImageEncryptionKey().hasKmsKeyName()) {
      // "The fully-qualifed key name may be returned for resource GET requests."
      String key = asked.getImageEncryptionKey().getKmsKeyName();
      image.setImageEncryptionKey(
          CustomerEncryptionKey.newBuilder()
              .setKmsKeyName(key.contains("/cryptoKeyVersions/") ? key : key + KEY_VERSION));
    }
    for (int i = 0; i < asked.getLicensesCount(); i++) {
      String license = asked.getLicenses(i);
      image.setLicenses(i, license.startsWith("projects/") ? Links.ROOT + license : license);
    }
    if (image.getStorageLocationsCount() == 0) {
      image.addStorageLocations("us");
    }
    return image.build();
  }

  /**
   * With what the other one says of the machines it is for, where this one does not (inferred for
   * all but licenses, which Google's page "Create custom images" tells to be carried along).
   */
  static Image copied(Image asked, Image other) {
    Image.Builder copy = asked.toBuilder();
    if (!asked.hasArchitecture() && other.hasArchitecture()) {
      copy.setArchitecture(other.getArchitecture());
    }
    other.getLicensesList().stream()
        .filter(one -> !asked.getLicensesList().contains(one))
        .forEach(copy::addLicenses);
    other.getGuestOsFeaturesList().stream()
        .filter(one -> !asked.getGuestOsFeaturesList().contains(one))
        .forEach(copy::addGuestOsFeatures);
    return copy.build();
  }
}
