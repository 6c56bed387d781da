package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import slipway.fault.OperationFailed;

/**
 * Compute, or Cloud Monitoring, over plain HTTP, by paths after its version: no field is lost, and
 * no client has to be made first.
 */
final class RawCalls {
  private final Supplier<HttpRequestFactory> requests;
  private final String root;

  /** To Compute. */
  RawCalls(Clients clients) {
    this(clients::compute, clients.computeUrl());
  }

  private RawCalls(Supplier<HttpRequestFactory> requests, String root) {
    this.requests = requests;
    this.root = root;
  }

  static RawCalls toMonitoring(Clients clients) {
    return new RawCalls(clients::monitoring, clients.monitoringUrl());
  }

  /**
   * What is there; empty if nothing is.
   *
   * @throws slipway.fault.Misconfigured if it may not be read
   */
  Optional<JsonObject> get(String path) {
    return get(path, url(path));
  }

  /** The same with these parameters. */
  Optional<JsonObject> get(String path, Map<String, String> query) {
    GenericUrl url = url(path);
    url.putAll(query);
    return get(path, url);
  }

  /** One page of what passes the filter; an empty token means the first. */
  Optional<JsonObject> page(String path, String filter, String token) {
    GenericUrl url = url(path);
    url.set("filter", filter);
    if (!token.isEmpty()) {
      url.set("pageToken", token);
    }
    return get(path, url);
  }

  private Optional<JsonObject> get(String path, GenericUrl url) {
    Answer answer = send(() -> requests.get().buildGetRequest(url));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      answer.refusal().raiseIfForbidden(path);
      throw answer.failure(path);
    }
    return Optional.of(answer.json());
  }

  Answer delete(String path) {
    return send(() -> requests.get().buildDeleteRequest(url(path)));
  }

  Answer post(String path, JsonObject body) {
    ByteArrayContent content =
        new ByteArrayContent("application/json; charset=utf-8", body.toString().getBytes(UTF_8));
    return send(() -> requests.get().buildPostRequest(url(path), content));
  }

  private GenericUrl url(String path) {
    return new GenericUrl(root + path);
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

  /** Whatever Google answered. */
  record Answer(int status, String body) {
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
