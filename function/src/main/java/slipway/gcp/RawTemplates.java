package slipway.gcp;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  RawTemplates(RawCalls calls, Operations operations, String project) {
    this.calls = calls;
    this.operations = operations;
    this.project = project;
  }

  @Override
  public Optional<Source> find(TemplatePath path) {
    return calls.get(path.value()).map(Source::of);
  }

  /**
   * Compute filters nested fields (reference of the lists' parameter {@code filter}); that it does
   * so in a list of disks is inferred, so that whoever relies on it looks for what must be there.
   */
  @Override
  public List<Listed> booting(String images) {
    String path = "projects/" + project + "/aggregated/instanceTemplates";
    Map<String, String> filter = Map.of("filter", BOOT_IMAGE + " eq \".*/images/" + images + "\"");
    return calls.pages(path, filter).stream()
        .flatMap(page -> page.getAsJsonObject("items").asMap().values().stream())
        .flatMap(place -> Json.objects(place.getAsJsonObject(), "instanceTemplates").stream())
        .map(one -> Listed.of(GroupReading.path(Json.text(one, "selfLink")), one))
        .toList();
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
