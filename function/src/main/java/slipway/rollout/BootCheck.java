package slipway.rollout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import slipway.artifact.BootSectors;
import slipway.artifact.Commands;
import slipway.artifact.VerifiedArtifact;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.Rejection;
import slipway.image.ImageOverride;
import slipway.settings.ImageSettings;
import slipway.settings.Target;
import slipway.template.TemplateFacts;

/**
 * Whether a group's machines could boot an image: asked before it is made. Compute would refuse
 * each machine, or boot it with a firmware that finds nothing on the disk.
 */
public final class BootCheck {
  /** What a confidential machine asks of its image ("Confidential VM supported configurations"). */
  private static final Map<String, String> CONFIDENTIAL =
      Map.of("SEV", "SEV_CAPABLE", "SEV_SNP", "SEV_SNP_CAPABLE", "TDX", "TDX_CAPABLE");

  /**
   * T2A and the series of the third generation and later have gVNIC alone (Google's page "Building
   * a custom operating system"), but for bare metal machines, which have IDPF
   * (autobase-tech/autobase#780).
   */
  private static final Pattern GVNIC_ONLY =
      Pattern.compile("([a-z]+[3-9][a-z]*|t2a)-(?!.*-metal$).*");

  private static final String UEFI = "UEFI_COMPATIBLE";

  private final Target target;
  private final VerifiedArtifact artifact;
  private final ImageSettings image;
  private final Set<Finding> ofSettings = new LinkedHashSet<>();
  private final Set<Finding> ofUpload = new LinkedHashSet<>();

  /** Of this image, to be made of this artifact for this target. */
  public BootCheck(Target target, VerifiedArtifact artifact, ImageSettings image) {
    this.target = target;
    this.artifact = artifact;
    this.image = image;
  }

  /**
   * Looks at one group.
   *
   * @param template what its template tells
   * @param types the architecture of each of its machine types, as far as it is known
   */
  void look(Group group, TemplateFacts template, Map<String, Optional<String>> types) {
    types.forEach(
        (type, architecture) ->
            architecture.ifPresent(
                found -> architecture(type + " of " + group.path().name(), found)));
    network(template, types.keySet());
    if (template.secureBoot()) {
      feature(UEFI, template.path() + " has enableSecureBoot");
    }
    Optional.ofNullable(template.confidentialType())
        .map(CONFIDENTIAL::get)
        .ifPresent(one -> feature(one, template.path() + " makes confidential machines"));
    if (types.containsValue(Optional.of(ImageSettings.USUAL_ARCHITECTURE))) {
      firmware(group);
    }
  }

  private void architecture(String machines, String theirs) {
    if (!theirs.equals(image.architectureOrUsual())) {
      find(
          "architecture",
          theirs + ", as " + machines + " has",
          image.architecture() == null
              ? "nothing, which is " + ImageSettings.USUAL_ARCHITECTURE
              : image.architecture());
    }
    String disks = sectors().architecture();
    if (disks != null && !disks.equals(theirs)) {
      String expected = "one for " + theirs + ", as " + machines + " is";
      ofUpload.add(new Finding(disk(), expected, "one for " + disks));
    }
  }

  /** A network interface that says its type is believed; the others have what the series has. */
  private void network(TemplateFacts template, Set<String> types) {
    Set<String> nics = template.nicTypes();
    if (nics.contains("GVNIC")) {
      feature("GVNIC", template.path() + " has nicType GVNIC");
    }
    if (nics.contains("IDPF")) {
      feature("IDPF", template.path() + " has nicType IDPF");
    }
    if (nics.isEmpty()) {
      types.stream()
          .filter(type -> GVNIC_ONLY.matcher(type).matches())
          .forEach(type -> feature("GVNIC", type + " has gVNIC alone"));
    }
  }

  /** Machines of x86 boot by UEFI only if the image says that it can. */
  private void firmware(Group group) {
    if (sectors().forUefiAlone() && !image.features().contains(UEFI)) {
      ofUpload.add(
          new Finding(
              disk(),
              "boot code in its MBR, since the machines of "
                  + group.path().name()
                  + " boot by BIOS, or "
                  + UEFI
                  + " among the image's guest features",
              "an EFI system partition and no boot code, so it boots by UEFI alone, and "
                  + features()));
    }
  }

  private void feature(String needed, String reason) {
    if (!image.features().contains(needed)) {
      find("guestOsFeatures", needed + ", since " + reason, features());
    }
  }

  /** Whoever said it last has to mend it. */
  private void find(String key, String expected, String found) {
    String metadata = ImageOverride.KEYS.get(key);
    boolean uploaders = artifact.upload().metadata().containsKey(metadata);
    String thing =
        uploaders
            ? "metadata " + metadata + " of " + artifact.upload().object()
            : "image." + key + " of " + target.name();
    (uploaders ? ofUpload : ofSettings).add(new Finding(thing, expected, found));
  }

  private String features() {
    return image.features().isEmpty() ? "no guest features" : String.join(", ", image.features());
  }

  private String disk() {
    return "the disk in " + artifact.upload().object();
  }

  private BootSectors sectors() {
    return artifact.bootSectors();
  }

  /**
   * Tells all that was found.
   *
   * @throws Rejection if the upload alone is at fault
   * @throws Misconfigured if the settings are
   */
  void require() {
    if (!ofSettings.isEmpty()) {
      List<Finding> all = new ArrayList<>(ofSettings);
      all.addAll(ofUpload);
      throw new Misconfigured(
          "cannot-boot", all, "Change image in TARGETS, or the group; then upload again.");
    }
    if (!ofUpload.isEmpty()) {
      throw new Rejection("cannot-boot", List.copyOf(ofUpload), nextStep());
    }
  }

  private String nextStep() {
    String other = "Upload a disk that the group's machines can boot";
    if (!sectors().forUefiAlone() || image.features().contains(UEFI)) {
      return other + ", under the name of its own target.";
    }
    List<String> features = new ArrayList<>(image.features());
    features.add(UEFI);
    Map<String, String> saying = new TreeMap<>(artifact.upload().instructions());
    saying.put(ImageOverride.KEYS.get("guestOsFeatures"), String.join(",", features));
    return other + "; or say that it boots by UEFI: " + Commands.of(artifact.upload()).send(saying);
  }
}
