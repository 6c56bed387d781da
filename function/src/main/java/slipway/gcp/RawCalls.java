package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.util.ExponentialBackOff;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;

/**
 * Compute, Cloud Monitoring, or Cloud Storage where its client does not tell all, as JSON over
 * plain HTTP, by paths after its version: no field is lost, and a cold start need not load 1,600
 * classes of clients and messages, which take 1.3 s of CPU.
 */
final class RawCalls {
  /** What reads again after an error that may pass gives up after so many milliseconds. */
  private static final int PATIENCE_MILLIS = 5000;

  private static final int FIRST_PAUSE_MILLIS = 100;

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

  static RawCalls toStorage(Clients clients) {
    return new RawCalls(clients::objects, clients.objectsUrl());
  }

  /** The answer with an object's content and its generation, whatever it is. */
  Answer content(String bucket, String object) {
    String name = URLEncoder.encode(object, UTF_8).replace("+", "%20");
    String query = "?alt=media";
    return look(new GenericUrl(root + "b/" + bucket + "/o/" + name + query, true));
  }

  /**
   * What is there; empty if nothing is.
   *
   * @throws slipway.fault.Misconfigured if it may not be read
   */
  Optional<JsonObject> get(String path) {
    return answerOf(path, look(path));
  }

  /** The same with these parameters. */
  Optional<JsonObject> get(String path, Map<String, String> query) {
    GenericUrl url = url(path);
    url.putAll(query);
    return answerOf(path, look(url));
  }

  /**
   * A list's items, page after page.
   *
   * @param key which of the answer's keys holds them
   * @param query parameters, such as {@code filter}
   */
  List<JsonObject> list(String path, String key, Map<String, String> query) {
    return pages(path, query).stream().flatMap(page -> Json.objects(page, key).stream()).toList();
  }

  /** All pages of a list. */
  List<JsonObject> pages(String path, Map<String, String> query) {
    GenericUrl url = url(path);
    url.putAll(query);
    return pages(path, url, () -> patient(requests.get().buildGetRequest(url)));
  }

  /** The items of a list that is asked for by POST. */
  List<JsonObject> listByPost(String path, String key) {
    GenericUrl url = url(path);
    return pages(path, url, () -> patient(asking(url))).stream()
        .flatMap(page -> Json.objects(page, key).stream())
        .toList();
  }

  private static List<JsonObject> pages(String path, GenericUrl url, Building page) {
    List<JsonObject> all = new ArrayList<>();
    String next;
    do {
      JsonObject answer =
          answerOf(path, send(page))
              .orElseThrow(() -> new UncheckedIOException(new IOException(path + " is gone")));
      all.add(answer);
      next = Json.text(answer, "nextPageToken");
      url.set("pageToken", next);
    } while (!next.isEmpty());
    return all;
  }

  /**
   * What a method answers that waits; empty if what it waits for is not there.
   *
   * @throws SocketTimeoutException if it does not answer for so long
   */
  Optional<JsonObject> await(String path, Duration longest) throws SocketTimeoutException {
    int millis = (int) longest.toMillis();
    try {
      return answerOf(path, send(() -> asking(url(path)).setReadTimeout(millis)));
    } catch (UncheckedIOException lost) {
      if (lost.getCause() instanceof SocketTimeoutException notYet) {
        throw notYet;
      }
      throw lost;
    }
  }

  private HttpRequest asking(GenericUrl url) throws IOException {
    return requests.get().buildPostRequest(url, new EmptyContent());
  }

  /** The answer to a read, whatever it is. */
  Answer look(String path) {
    return look(url(path));
  }

  private Answer look(GenericUrl url) {
    return send(() -> patient(requests.get().buildGetRequest(url)));
  }

  private static Optional<JsonObject> answerOf(String path, Answer answer) {
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
    return send(() -> requests.get().buildPostRequest(url(path), content(body)));
  }

  /** Merges the body into a resource. The JDK's connections know no such method but by a header. */
  Answer patch(String path, Map<String, String> query, JsonObject body) {
    GenericUrl url = url(path);
    url.putAll(query);
    return send(
        () -> {
          HttpRequest request = requests.get().buildPostRequest(url, content(body));
          request.getHeaders().set("X-HTTP-Method-Override", "PATCH");
          return request;
        });
  }

  private static HttpContent content(JsonObject body) {
    return new ByteArrayContent("application/json; charset=utf-8", body.toString().getBytes(UTF_8));
  }

  private GenericUrl url(String path) {
    return new GenericUrl(root + path);
  }

  /** A read is sent again after a 5xx or a lost connection, as Google's clients do. */
  private static HttpRequest patient(HttpRequest request) {
    ExponentialBackOff.Builder pauses =
        new ExponentialBackOff.Builder()
            .setInitialIntervalMillis(FIRST_PAUSE_MILLIS)
            .setMaxElapsedTimeMillis(PATIENCE_MILLIS);
    return request
        .setUnsuccessfulResponseHandler(new HttpBackOffUnsuccessfulResponseHandler(pauses.build()))
        .setIOExceptionHandler(new HttpBackOffIOExceptionHandler(pauses.build()));
  }

  private static Answer send(Building request) {
    try {
      HttpResponse response = request.build().setThrowExceptionOnExecuteError(false).execute();
      try {
        String generation = response.getHeaders().getFirstHeaderStringValue("x-goog-generation");
        return new Answer(response.getStatusCode(), response.parseAsString(), generation);
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

  /**
   * Whatever Google answered.
   *
   * @param generation of the object that it is the content of, else null
   */
  record Answer(int status, String body, @Nullable String generation) {
    JsonObject json() {
      return JsonParser.parseString(body).getAsJsonObject();
    }

    /** Of a request that changes something: the operation, if it was taken. */
    JsonObject operation() throws OperationFailed {
      if (status != 200) {
        throw refusal().failure();
      }
      return json();
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
