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
import slipway.image.ImageName;

/**
 * Turns a template's JSON into that of its clone: without what Compute itself writes, with another
 * boot image, labels and name, and all else as it was. What to strip is what Airflow's operator for
 * the same copy strips ({@code GCE_INSTANCE_TEMPLATE_FIELDS_TO_SANITIZE}), and the fingerprints.
 */
final class TemplateClone {
  private static final List<String> OUTPUT_ONLY =
      List.of(
          "kind",
          "id",
          "name",
          "creationTimestamp",
          "selfLink",
          "selfLinkWithId",
          "region",
          "sourceInstance",
          "sourceInstanceParams");

  private TemplateClone() {}

  /** The clone of this source; empty if the source has no boot disk to put the image on. */
  static Optional<JsonObject> of(
      JsonObject source, String name, String imageUrl, Map<String, String> labels) {
    JsonObject clone = source.deepCopy();
    OUTPUT_ONLY.forEach(clone::remove);
    clone.addProperty("name", name);
    JsonObject properties = object(clone, "properties").orElseGet(JsonObject::new);
    stripOutputs(properties);
    Optional<JsonObject> boot = bootDisk(properties);
    boot.ifPresent(disk -> bootFrom(disk, imageUrl));
    addLabels(properties, labels);
    return boot.map(disk -> clone);
  }

  /** The image that a template boots, if it boots one. */
  static Optional<String> bootImage(JsonObject template) {
    return bootParameter(template, "sourceImage").map(JsonElement::getAsString);
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

  private static void stripOutputs(JsonObject properties) {
    elements(properties, "disks").forEach(TemplateClone::stripDisk);
    elements(properties, "networkInterfaces").forEach(TemplateClone::stripInterface);
    object(properties, "metadata").ifPresent(metadata -> strip(metadata, "kind", "fingerprint"));
    object(properties, "tags").ifPresent(tags -> strip(tags, "fingerprint"));
  }

  private static void stripDisk(JsonObject disk) {
    strip(disk, "kind", "index", "licenses");
    object(disk, "diskEncryptionKey").ifPresent(key -> strip(key, "sha256"));
    object(disk, "initializeParams")
        .flatMap(parameters -> object(parameters, "sourceImageEncryptionKey"))
        .ifPresent(key -> strip(key, "sha256"));
  }

  private static void stripInterface(JsonObject nic) {
    strip(nic, "kind", "name", "fingerprint");
    elements(nic, "accessConfigs").forEach(access -> strip(access, "kind"));
    elements(nic, "ipv6AccessConfigs").forEach(access -> strip(access, "kind"));
  }

  private static Optional<JsonObject> bootDisk(JsonObject properties) {
    return elements(properties, "disks")
        .filter(disk -> disk.get("boot") instanceof JsonPrimitive boot && boot.getAsBoolean())
        .findFirst();
  }

  /** Features and architecture describe the old image; without them the new one's own hold. */
  private static void bootFrom(JsonObject disk, String imageUrl) {
    strip(disk, "source", "guestOsFeatures", "architecture");
    JsonObject parameters = object(disk, "initializeParams").orElseGet(JsonObject::new);
    strip(
        parameters,
        "sourceSnapshot",
        "sourceSnapshotEncryptionKey",
        "sourceImageEncryptionKey",
        "architecture");
    parameters.addProperty("sourceImage", imageUrl);
    disk.add("initializeParams", parameters);
  }

  private static void addLabels(JsonObject properties, Map<String, String> labels) {
    JsonObject all = object(properties, "labels").orElseGet(JsonObject::new);
    labels.forEach(all::addProperty);
    properties.add("labels", all);
  }

  private static Optional<JsonObject> object(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonObject child ? Optional.of(child) : Optional.empty();
  }

  private static Stream<JsonObject> elements(JsonObject parent, String key) {
    return parent.get(key) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
        : Stream.empty();
  }

  private static void strip(JsonObject object, String... keys) {
    for (String key : keys) {
      object.remove(key);
    }
  }
}
