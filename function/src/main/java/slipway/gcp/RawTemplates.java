package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Operation;
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
  private final Clients clients;
  private final Operations operations;
  private final String project;

  RawTemplates(Clients clients, Operations operations, String project) {
    this.clients = clients;
    this.operations = operations;
    this.project = project;
  }

  @Override
  public Optional<Source> find(TemplatePath path) {
    return get(path.value(), url(path.value()))
        .map(json -> new Source(json, UnknownFields.of(json, InstanceTemplate.getDescriptor())));
  }

  @Override
  public List<Listed> list() {
    String path = "projects/" + project + "/aggregated/instanceTemplates";
    List<Listed> all = new ArrayList<>();
    String next = "";
    do {
      GenericUrl url = url(path);
      if (!next.isEmpty()) {
        url.set("pageToken", next);
      }
      JsonObject page = get(path, url).orElseThrow();
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
      HttpAnswer answer =
          HttpAnswer.to(() -> clients.compute().buildDeleteRequest(url(path.value())));
      if (answer.status() == 404) {
        return true;
      }
      operations.await(operation(answer));
      return true;
    } catch (OperationFailed failed) {
      if (failed.isInUse()) {
        return false;
      }
      throw failed;
    }
  }

  private Optional<JsonObject> get(String path, GenericUrl url) {
    return HttpAnswer.to(() -> clients.compute().buildGetRequest(url)).found(path);
  }

  @Override
  public boolean insert(TemplatePath path, JsonObject template) throws IOException, CallOver {
    HttpAnswer answer = post(collection(path.value()), template);
    if (answer.status() == 409) {
      return false;
    }
    operations.await(operation(answer));
    return true;
  }

  private HttpAnswer post(String collection, JsonObject template) {
    ByteArrayContent body =
        new ByteArrayContent(
            "application/json; charset=utf-8", template.toString().getBytes(UTF_8));
    return HttpAnswer.to(() -> clients.compute().buildPostRequest(url(collection), body));
  }

  private static String collection(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private GenericUrl url(String path) {
    return new GenericUrl(clients.computeUrl() + path);
  }

  /** What is needed to wait for it, if the request was taken. */
  private static Operation operation(HttpAnswer answer) throws OperationFailed {
    if (answer.status() != 200) {
      throw answer.refusal().failure();
    }
    JsonObject json = answer.json();
    Operation.Builder operation = Operation.newBuilder().setName(json.get("name").getAsString());
    if (json.has("region")) {
      operation.setRegion(json.get("region").getAsString());
    }
    return operation.build();
  }
}
