package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.template.Templates;
import slipway.time.CallOver;

/** Instance templates over plain HTTP, so that no field of them is lost. */
final class RawTemplates implements Templates {
  private final Clients clients;
  private final Operations operations;
  private final GlobalOperationsClient globalOperations;
  private final String project;

  RawTemplates(Clients clients, Operations operations, String project) {
    this.clients = clients;
    this.operations = operations;
    this.globalOperations = clients.globalOperations();
    this.project = project;
  }

  @Override
  public Optional<Source> find(String path) {
    try {
      Answer answer = send(clients.compute().buildGetRequest(url(path)));
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.status() != 200) {
        answer.refusal().raiseIfForbidden(path);
        throw answer.failure(path);
      }
      JsonObject json = answer.json();
      return Optional.of(
          new Source(json, UnknownFields.of(json, InstanceTemplate.getDescriptor())));
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  @Override
  public void insert(JsonObject template) throws OperationFailed, CallOver, InterruptedException {
    String name = template.get("name").getAsString();
    Answer answer = post(template);
    if (answer.status() == 409) {
      return;
    }
    if (answer.status() != 200) {
      answer.refusal().raise("instance template " + name);
      throw new UncheckedIOException(answer.failure(name));
    }
    String operation = answer.json().get("name").getAsString();
    operations.await(globalOperations.get(project, operation));
  }

  private Answer post(JsonObject template) {
    ByteArrayContent body =
        new ByteArrayContent(
            "application/json; charset=utf-8", template.toString().getBytes(UTF_8));
    String collection = "projects/" + project + "/global/instanceTemplates";
    try {
      return send(clients.compute().buildPostRequest(url(collection), body));
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private GenericUrl url(String path) {
    return new GenericUrl(clients.computeUrl() + path);
  }

  private static Answer send(HttpRequest request) throws IOException {
    HttpResponse response = request.setThrowExceptionOnExecuteError(false).execute();
    try {
      return new Answer(response.getStatusCode(), response.parseAsString());
    } finally {
      response.disconnect();
    }
  }

  private record Answer(int status, String body) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    Refusal refusal() {
      return Refusal.of(status, body);
    }

    IOException failure(String thing) {
      return new IOException(thing + ": HTTP " + status + ": " + refusal().message());
    }
  }
}
