package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  /**
   * Compute filters nested fields (reference of the lists' parameter {@code filter}); that it does
   * so in a list of disks is inferred, so that whoever relies on it looks for what must be there.
   */
  @Override
  public List<Listed> booting(String images) {
    String path = "projects/" + project + "/aggregated/instanceTemplates";
    List<Listed> all = new ArrayList<>();
    String next = "";
    do {
      GenericUrl url = url(path);
      url.set("filter", BOOT_IMAGE + " eq \"(.*/)?" + images + "\"");
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
      Answer answer = send(() -> clients.compute().buildDeleteRequest(url(path.value())));
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

  private Optional<JsonObject> get(String path, GenericUrl url) {
    Answer answer = send(() -> clients.compute().buildGetRequest(url));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      answer.refusal().raiseIfForbidden(path);
      throw answer.failure(path);
    }
    return Optional.of(answer.json());
  }

  @Override
  public boolean insert(TemplatePath path, JsonObject template) throws IOException, CallOver {
    Answer answer = post(collection(path.value()), template);
    if (answer.status() == 409) {
      return false;
    }
    operations.await(answer.operation());
    return true;
  }

  private Answer post(String collection, JsonObject template) {
    ByteArrayContent body =
        new ByteArrayContent(
            "application/json; charset=utf-8", template.toString().getBytes(UTF_8));
    return send(() -> clients.compute().buildPostRequest(url(collection), body));
  }

  private static String collection(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private GenericUrl url(String path) {
    return new GenericUrl(clients.computeUrl() + path);
  }

  private static Answer send(Building request) {
    try {
      HttpResponse response = request.build().setThrowExceptionOnExecuteError(false).execute();
      try {
        return new Answer(response.getStatusCode(), response.parseAsString());
      } finally {
        response.disconnect();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private interface Building {
    HttpRequest build() throws IOException;
  }

  private record Answer(int status, String body) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    /** What is needed to wait for it, if the request was taken. */
    Operation operation() throws OperationFailed {
      if (status != 200) {
        throw refusal().failure();
      }
      JsonObject json = json();
      Operation.Builder operation = Operation.newBuilder().setName(json.get("name").getAsString());
      if (json.has("region")) {
        operation.setRegion(json.get("region").getAsString());
      }
      return operation.build();
    }

    Refusal refusal() {
      return Refusal.of(status, body);
    }

    UncheckedIOException failure(String thing) {
      return new UncheckedIOException(
          new IOException(thing + ": HTTP " + status + ": " + refusal().message()));
    }
  }
}
