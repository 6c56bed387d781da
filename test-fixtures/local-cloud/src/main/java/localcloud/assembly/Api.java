package localcloud.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Google's JSON APIs, as any client of them would call them. */
public final class Api {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String endpoint;

  public Api(String endpoint) {
    this.endpoint = endpoint;
  }

  /** Fails if it does not exist. */
  public JsonObject get(String path) throws IOException, InterruptedException {
    return find(path)
        .orElseThrow(() -> new IOException("GET " + path + ": answered 404 Not Found"));
  }

  /** Empty if it does not exist. */
  public Optional<JsonObject> find(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).GET());
    return answer.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(json(answer));
  }

  /** The JSON of the answer; fails unless that is a success. */
  public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
    return json(send(request(path).POST(BodyPublishers.ofString(body.toString()))));
  }

  /** Empty if it exists already (409). */
  Optional<JsonObject> create(String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(request(path).POST(BodyPublishers.ofString(body.toString())));
    return answer.statusCode() == CONFLICT ? Optional.empty() : Optional.of(json(answer));
  }

  /** Writes the file's bytes to this object and returns its resource. */
  public JsonObject upload(Path file, String bucket, String object)
      throws IOException, InterruptedException {
    String path = "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=" + encoded(object);
    BodyPublisher bytes = BodyPublishers.ofFile(file);
    return json(send(request(path).setHeader("Content-Type", "application/gzip").POST(bytes)));
  }

  /** The content of an object that holds JSON; empty if there is no such object. */
  public Optional<JsonObject> content(String bucket, String object)
      throws IOException, InterruptedException {
    return find("/storage/v1/b/" + bucket + "/o/" + encoded(object) + "?alt=media");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint + path))
        .timeout(LIMIT)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private static JsonObject json(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 != 2) {
      HttpRequest request = answer.request();
      throw new IOException(
          Text.of(
              "%s %s: answered %d: %s",
              request.method(), request.uri(), answer.statusCode(), answer.body().strip()));
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static String encoded(String object) {
    return URLEncoder.encode(object, UTF_8).replace("+", "%20");
  }
}
