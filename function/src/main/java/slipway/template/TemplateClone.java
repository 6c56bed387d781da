package slipway.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import slipway.image.ImageName;

/**
 * Turns a template's JSON into that of its clone: without what Compute itself writes, with another
 * boot image, labels and name, and all else as it was. Fingerprints stay, as they do when Airflow
 * copies a template ({@code GCE_INSTANCE_TEMPLATE_FIELDS_TO_SANITIZE}): they are hashes of what
 * they stand beside.
 */
final class TemplateClone {
  /** Where a template came from: what it came to stands in its properties. */
  private static final List<String> ORIGIN =
      List.of("selfLinkWithId", "sourceInstance", "sourceInstanceParams");

  private TemplateClone() {}

  /** The clone of this source; empty if the source has no boot disk to put the image on. */
  static Optional<JsonObject> of(
      JsonObject source, String name, BootImage image, Map<String, String> labels) {
    JsonObject clone = source.deepCopy();
    TemplateFields.KNOWN.stripOutputs(clone);
    ORIGIN.forEach(clone::remove);
    clone.addProperty("name", name);
    JsonObject properties = object(clone, "properties").orElseGet(JsonObject::new);
    Optional<JsonObject> boot = bootDisk(properties);
    boot.ifPresent(disk -> bootFrom(disk, image));
    addLabels(properties, labels);
    return boot.map(disk -> clone);
  }

  /**
   * The image that a clone boots.
   *
   * @param url its URL
   * @param guestOsFeatures what the image lists: the boot disk lists the same, since nobody says
   *     which of the two wins
   * @param architecture what the image says, or null if it says nothing
   */
  record BootImage(String url, List<String> guestOsFeatures, @Nullable String architecture) {}

  /** The image that a template boots, if it boots one. */
  static Optional<String> bootImage(JsonObject template) {
    return bootParameter(template, "sourceImage").map(JsonElement::getAsString);
  }

  /** Whether there is a disk to put an image on. */
  static boolean hasBootDisk(JsonObject template) {
    return object(template, "properties").flatMap(TemplateClone::bootDisk).isPresent();
  }

  /** How large a template makes its boot disk, in GiB, if it says so; else it is as its image. */
  static Optional<Long> bootDiskGib(JsonObject template) {
    return bootParameter(template, "diskSizeGb").map(JsonElement::getAsLong);
  }

  private static Optional<JsonElement> bootParameter(JsonObject template, String key) {
    return object(template, "properties")
        .flatMap(TemplateClone::bootDisk)
        .flatMap(disk -> object(disk, "initializeParams"))
        .map(parameters -> parameters.get(key));
  }

  /** The names of all images that a template's disks are made of. */
  static Set<ImageName> images(JsonObject template) {
    return object(template, "properties").stream()
        .flatMap(properties -> elements(properties, "disks"))
        .flatMap(disk -> object(disk, "initializeParams").stream())
        .flatMap(parameters -> Stream.ofNullable(parameters.get("sourceImage")))
        .map(image -> new ImageName(image.getAsString().replaceFirst(".*/", "")))
        .collect(Collectors.toSet());
  }

  /** The labels that a template gives its instances. */
  static JsonObject labels(JsonObject template) {
    return object(template, "properties")
        .flatMap(properties -> object(properties, "labels"))
        .orElseGet(JsonObject::new);
  }

  static Optional<JsonObject> bootDisk(JsonObject properties) {
    return elements(properties, "disks")
        .filter(disk -> disk.get("boot") instanceof JsonPrimitive boot && boot.getAsBoolean())
        .findFirst();
  }

  /** What named the old image goes; Compute refuses an architecture that is not the image's. */
  private static void bootFrom(JsonObject disk, BootImage image) {
    disk.remove("source");
    JsonObject parameters = object(disk, "initializeParams").orElseGet(JsonObject::new);
    parameters.remove("sourceSnapshot");
    parameters.remove("sourceSnapshotEncryptionKey");
    parameters.remove("sourceImageEncryptionKey");
    parameters.addProperty("sourceImage", image.url());
    if (parameters.has("architecture") && image.architecture() != null) {
      parameters.addProperty("architecture", image.architecture());
    }
    disk.add("initializeParams", parameters);
    disk.remove("guestOsFeatures");
    if (!image.guestOsFeatures().isEmpty()) {
      disk.add("guestOsFeatures", features(image.guestOsFeatures()));
    }
  }

  private static JsonArray features(List<String> types) {
    JsonArray all = new JsonArray();
    for (String type : types) {
      JsonObject feature = new JsonObject();
      feature.addProperty("type", type);
      all.add(feature);
    }
    return all;
  }

  private static void addLabels(JsonObject properties, Map<String, String> labels) {
    JsonObject all = object(properties, "labels").orElseGet(JsonObject::new);
    labels.forEach(all::addProperty);
    properties.add("labels", all);
  }

  static Optional<JsonObject> object(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonObject child ? Optional.of(child) : Optional.empty();
  }

  static Stream<JsonObject> elements(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
        : Stream.empty();
  }
}
