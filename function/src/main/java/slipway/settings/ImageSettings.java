package slipway.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself, in the words of {@code Image} in Compute Engine's reference.
 *
 * @param guestOsFeatures what its operating system can do; null for what the boot disk of the
 *     group's template says
 * @param architecture {@code X86_64} or {@code ARM64}; null for what the template says, and with
 *     neither Compute takes it for {@code X86_64}
 * @param licenses URLs of licenses
 * @param storageLocations a region or a multi-region, at most one; empty for Compute's choice
 * @param kmsKeyName the key that encrypts the image; null for Google's own
 * @param labels beside those by which Slipway knows its images
 */
public record ImageSettings(
    @Nullable List<String> guestOsFeatures,
    @Nullable String architecture,
    List<String> licenses,
    List<String> storageLocations,
    @Nullable String kmsKeyName,
    Map<String, String> labels) {
  /** Nothing is said of it. */
  public static final ImageSettings NONE =
      new ImageSettings(null, null, List.of(), List.of(), null, Map.of());

  /** What Compute takes an image for that does not say: inferred from gce-github-runner#46. */
  public static final String USUAL_ARCHITECTURE = "X86_64";

  /** Those that there are. */
  public static final Set<String> ARCHITECTURES = Set.of("ARM64", USUAL_ARCHITECTURE);

  /** GuestOsFeature.type in compute v1, revision 20261007; its description names one more. */
  private static final Set<String> FEATURES =
      Set.of(
          "BARE_METAL_LINUX_COMPATIBLE",
          "BMSAI_CAPABLE",
          "CCA_CAPABLE",
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

  public ImageSettings {
    guestOsFeatures = guestOsFeatures == null ? null : sorted(guestOsFeatures);
    licenses = List.copyOf(licenses);
    storageLocations = List.copyOf(storageLocations);
    labels = Map.copyOf(labels);
  }

  /** What names of guest features look like, also of those that Google may have added. */
  public static final String FEATURES_FORM =
      "names in capitals, such as UEFI_COMPATIBLE, of Google's list of guest features";

  /** Whether a feature of this name is possible. */
  public static boolean isFeature(String name) {
    return name.matches("[A-Z][A-Z0-9_]{0,62}");
  }

  /** The order says nothing, and a feature is there or not. */
  private static List<String> sorted(List<String> features) {
    return List.copyOf(new TreeSet<>(features));
  }

  /** The guest features; none if nothing is said of them. */
  public List<String> features() {
    return Objects.requireNonNullElse(guestOsFeatures, List.of());
  }

  /** The features that Google may have added since this was written: they are passed on. */
  public List<String> unknownFeatures() {
    return features().stream().filter(one -> !FEATURES.contains(one)).toList();
  }

  /** The architecture that Compute takes the image for. */
  public String architectureOrUsual() {
    return Objects.requireNonNullElse(architecture, USUAL_ARCHITECTURE);
  }

  /** The same with other guest features and another architecture. */
  public ImageSettings with(@Nullable List<String> features, @Nullable String otherArchitecture) {
    return new ImageSettings(
        features, otherArchitecture, licenses, storageLocations, kmsKeyName, labels);
  }

  /** The same with these labels besides. */
  public ImageSettings withLabels(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(more);
    return new ImageSettings(
        guestOsFeatures, architecture, licenses, storageLocations, kmsKeyName, all);
  }

  /**
   * Whether an image that is so is what these ask for. Where it is stored is Compute's choice if
   * nothing is asked for, and people may give it more labels.
   */
  public boolean areMetBy(ImageSettings made) {
    return made.features().equals(features())
        && made.architectureOrUsual().equals(architectureOrUsual())
        && each(licenses, ImageSettings::partial)
            .equals(each(made.licenses, ImageSettings::partial))
        && (storageLocations.isEmpty()
            || each(storageLocations, one -> one).equals(each(made.storageLocations, one -> one)))
        && key(kmsKeyName).equals(key(made.kmsKeyName))
        && made.labels.entrySet().containsAll(labels.entrySet());
  }

  private static Set<String> each(List<String> all, UnaryOperator<String> form) {
    return all.stream().map(form).collect(Collectors.toSet());
  }

  private static String partial(String url) {
    return url.substring(Math.max(0, url.indexOf("projects/")));
  }

  /** Compute tells the key's version too. */
  private static String key(@Nullable String name) {
    return name == null ? "" : name.replaceFirst("/cryptoKeyVersions/.*", "");
  }
}
