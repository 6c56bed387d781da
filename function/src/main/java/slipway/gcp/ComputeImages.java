package slipway.gcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.settings.ImageSettings;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;

/**
 * Images of the project. No {@code requestId} is sent: names are the same each time an event comes,
 * and a remembered failure would be answered again instead of a new try.
 */
final class ComputeImages implements Images {
  private final RawCalls calls;
  private final Operations operations;
  private final String images;

  ComputeImages(RawCalls calls, Operations operations, String project) {
    this.calls = calls;
    this.operations = operations;
    this.images = "projects/" + project + "/global/images";
  }

  @Override
  public Optional<Facts> find(ImageName name) {
    return calls.get(path(name)).map(ComputeImages::facts);
  }

  @Override
  public void insert(Draft draft) throws IOException, CallOver {
    JsonObject image = said(draft.settings());
    image.addProperty("name", draft.name().value());
    image.add("rawDisk", object("source", draft.source()));
    try {
      operations.await(calls.post(images, image).operation());
    } catch (OperationFailed failed) {
      // It is there already, as the port allows.
      if (failed.status() != 409) {
        throw failed;
      }
    }
  }

  private static JsonObject said(ImageSettings settings) {
    JsonObject image = new JsonObject();
    JsonObject labels = new JsonObject();
    settings.labels().forEach(labels::addProperty);
    image.add("labels", labels);
    image.add("licenses", array(settings.licenses()));
    image.add("storageLocations", array(settings.storageLocations()));
    JsonArray features = new JsonArray();
    settings.features().forEach(type -> features.add(object("type", type)));
    image.add("guestOsFeatures", features);
    if (settings.architecture() != null) {
      image.addProperty("architecture", settings.architecture());
    }
    if (settings.kmsKeyName() != null) {
      image.add("imageEncryptionKey", object("kmsKeyName", settings.kmsKeyName()));
    }
    return image;
  }

  private static ImageSettings said(JsonObject image) {
    String key = Json.text(Json.at(image, "imageEncryptionKey"), "kmsKeyName");
    String architecture = Json.text(image, "architecture");
    return new ImageSettings(
        Json.objects(image, "guestOsFeatures").stream().map(one -> Json.text(one, "type")).toList(),
        architecture.isEmpty() || architecture.endsWith("_UNSPECIFIED") ? null : architecture,
        Json.texts(image, "licenses"),
        Json.texts(image, "storageLocations"),
        key.isEmpty() ? null : key,
        labels(image));
  }

  private static Map<String, String> labels(JsonObject image) {
    Map<String, String> labels = new TreeMap<>();
    Json.at(image, "labels").asMap().forEach((key, value) -> labels.put(key, value.getAsString()));
    return labels;
  }

  @Override
  public List<Facts> namedFor(String target) {
    return list("name eq \"" + DeploymentId.patternFor(target) + "\"").stream()
        .map(ComputeImages::facts)
        .toList();
  }

  @Override
  public List<Facts> active(String family) {
    return list("family=\"" + family + "\"").stream()
        .filter(image -> Json.text(image, "family").equals(family))
        .filter(image -> !isDeprecated(image))
        .map(ComputeImages::facts)
        .toList();
  }

  private List<JsonObject> list(String filter) {
    return calls.list(images, "items", Map.of("filter", filter));
  }

  @Override
  public void activate(ImageName name, String family) throws IOException, CallOver {
    JsonObject image =
        calls.get(path(name)).orElseThrow(() -> new IOException("image " + name + " is gone"));
    if (isDeprecated(image)) {
      deprecate(name, new JsonObject());
    }
    if (!Json.text(image, "family").equals(family)) {
      JsonObject change = object("family", family);
      operations.await(calls.patch(path(name), Map.of(), change).operation());
    }
  }

  @Override
  public void deprecate(ImageName name, String replacement, @Nullable Instant deleteAfter)
      throws IOException, CallOver {
    JsonObject status = object("state", "DEPRECATED");
    status.addProperty("replacement", replacement);
    if (deleteAfter != null) {
      // Compute does nothing by itself at that time: "only informational", its reference says.
      status.addProperty("deleted", deleteAfter.toString());
    }
    deprecate(name, status);
  }

  @Override
  public void delete(ImageName name) throws IOException, CallOver {
    try {
      operations.await(calls.delete(path(name)).operation());
    } catch (OperationFailed failed) {
      // It is gone already, as the port allows.
      if (failed.status() != 404) {
        throw failed;
      }
    }
  }

  private void deprecate(ImageName name, JsonObject status) throws IOException, CallOver {
    operations.await(calls.post(path(name) + "/deprecate", status).operation());
  }

  private String path(ImageName name) {
    return images + "/" + name;
  }

  private static boolean isDeprecated(JsonObject image) {
    String state = Json.text(Json.at(image, "deprecated"), "state");
    return !state.isEmpty() && !state.equals("ACTIVE");
  }

  private static Facts facts(JsonObject image) {
    String deleted = Json.text(Json.at(image, "deprecated"), "deleted");
    return new Facts(
        new ImageName(Json.text(image, "name")),
        Json.text(image, "selfLink"),
        status(Json.text(image, "status")),
        labels(image),
        OffsetDateTime.parse(Json.text(image, "creationTimestamp")).toInstant(),
        deleted.isEmpty() ? null : OffsetDateTime.parse(deleted).toInstant(),
        said(image));
  }

  private static Status status(String status) {
    return switch (status) {
      case "READY" -> Status.READY;
      case "FAILED", "DELETING" -> Status.FAILED;
      default -> Status.PENDING;
    };
  }

  private static JsonObject object(String key, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(key, value);
    return object;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
