package slipway.gcp;

import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallOver;

/** Instance templates over plain HTTP, so that no field of them is lost. */
final class RawTemplates implements Templates {
  private static final String BOOT_IMAGE = "properties.disks.initializeParams.sourceImage";

  private final RawCalls calls;
  private final Operations operations;
  private final String project;

  RawTemplates(Clients clients, Operations operations, String project) {
    this.calls = new RawCalls(clients);
    this.operations = operations;
    this.project = project;
  }

  @Override
  public Optional<Source> find(TemplatePath path) {
    return calls
        .get(path.value())
        .map(json -> new Source(json, UnknownFields.of(json, InstanceTemplate.getDescriptor())));
  }

  /**
   * Compute filters nested fields (reference of the lists' parameter {@code filter}); that it does
   * so in a list of disks is inferred, so that whoever relies on it looks for what must be there.
   */
  @Override
  public List<Listed> booting(String images) {
    String path = "projects/" + project + "/aggregated/instanceTemplates";
    String filter = BOOT_IMAGE + " eq \".*/images/" + images + "\"";
    List<Listed> all = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = calls.page(path, filter, next).orElseThrow();
      page.getAsJsonObject("items").asMap().values().stream()
          .map(place -> place.getAsJsonObject().getAsJsonArray("instanceTemplates"))
          .filter(Objects::nonNull)
          .flatMap(templates -> templates.asList().stream())
          .map(JsonElement::getAsJsonObject)
          .map(one -> Listed.of(GroupReading.path(one.get("selfLink").getAsString()), one))
          .forEach(all::add);
      next = page.has("nextPageToken") ? page.get("nextPageToken").getAsString() : "";
    } while (!next.isEmpty());
    return all;
  }

  @Override
  public boolean delete(TemplatePath path) throws IOException, CallOver {
    try {
      RawCalls.Answer answer = calls.delete(path.value());
      if (answer.status() == 404) {
        return true;
      }
      operations.await(answer.operation());
      return true;
    } catch (OperationFailed failed) {
      if (failed.isInUse()) {
        return false;
      }
      throw failed;
    }
  }

  @Override
  public boolean insert(TemplatePath path, JsonObject template) throws IOException, CallOver {
    RawCalls.Answer answer = calls.post(collection(path.value()), template);
    if (answer.status() == 409) {
      return false;
    }
    operations.await(answer.operation());
    return true;
  }

  private static String collection(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
