package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Operation;
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

  RawTemplates(Clients clients, Operations operations) {
    this.clients = clients;
    this.operations = operations;
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
  public void insert(String path, JsonObject template)
      throws OperationFailed, CallOver, InterruptedException {
    Answer answer = post(path.substring(0, path.lastIndexOf('/')), template);
    if (answer.status() == 409) {
      return;
    }
    if (answer.status() != 200) {
      answer.refusal().raise(path);
      throw new UncheckedIOException(answer.failure(path));
    }
    operations.await(answer.operation());
  }

  private Answer post(String collection, JsonObject template) {
    ByteArrayContent body =
        new ByteArrayContent(
            "application/json; charset=utf-8", template.toString().getBytes(UTF_8));
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

    /** What is needed to wait for it. */
    Operation operation() {
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

    IOException failure(String thing) {
      return new IOException(thing + ": HTTP " + status + ": " + refusal().message());
    }
  }
}
