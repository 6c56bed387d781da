package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.faults.BadFaults;
import localcloud.faults.Faults;
import localcloud.http.WholeCloud;
import localcloud.storage.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Google's conformance tests for storage clients (googleapis/conformance-tests) ask of a
 * server, from the copy in Go's client, where {@code judges/install} has put it.
 */
class ConformanceTest {
  private static final Path CASES = Path.of("target", "judges", "conformance");

  /** Names in these tests that are others in the discovery document. */
  private static final Map<String, String> COLLECTIONS =
      Map.of(
          "bucket_acl", "bucketAccessControls",
          "default_object_acl", "defaultObjectAccessControls",
          "object_acl", "objectAccessControls");

  /** What a server is told to do, and what the local cloud is told for it. */
  private static final Map<String, String> FAULTS =
      Map.of(
          "return-400", "'do':'refuse','status':400,'reason':'invalid','message':'no'",
          "return-401", "'do':'refuse','status':401,'reason':'authError','message':'no'",
          "return-408", "'do':'answer','status':408",
          "return-503", "'do':'answer','status':503",
          // The connection ends there, and nobody says 503: clients go on in the same way.
          "return-503-after-", "'do':'cut-request','afterBytes':1024",
          "return-broken-stream", "'do':'cut-answer','afterBytes':0",
          "return-broken-stream-after-", "'do':'cut-answer','afterBytes':1024",
          "return-reset-connection", "'do':'reset'");

  /** Not in the local cloud (MODEL.md, "Answers 501"). */
  private static final Set<String> MISSING =
      Set.of(
          "storage.buckets.lockRetentionPolicy",
          "storage.hmacKey.create",
          "storage.hmacKey.delete",
          "storage.hmacKey.get",
          "storage.hmacKey.list",
          "storage.hmacKey.update",
          "storage.notifications.delete",
          "storage.notifications.get",
          "storage.notifications.insert",
          "storage.notifications.list",
          "storage.serviceaccount.get");

  @TempDir Path data;
  private final HttpClient client = HttpClient.newHttpClient();
  private WholeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new WholeCloud(data, 1);
  }

  @AfterEach
  void stop() throws IOException {
    cloud.close();
  }

  /** Whom a signature is by is not checked: that the URL means what its signer meant is. */
  @Test
  void signedUrlsLeadToTheirObject() throws Exception {
    for (String bucket : List.of("test-bucket", "test-bucket2")) {
      send("POST", "/storage/v1/b?project=demo", "{\"name\": \"" + bucket + "\"}", Map.of());
    }
    Map<String, Integer> answers = new TreeMap<>();
    for (JsonElement one : cases("v4_signatures.json", "signingV4Tests")) {
      JsonObject test = one.getAsJsonObject();
      URI url = URI.create(test.get("expectedUrl").getAsString());
      if (url.getRawPath().startsWith("/test-bucket")) {
        if (!url.getRawPath().matches("/[^/]+")) {
          send("PUT", url.getRawPath(), "content", Map.of());
        }
        HttpResponse<String> answer =
            send(
                test.get("method").getAsString(),
                url.getRawPath() + "?" + url.getRawQuery(),
                test.get("method").getAsString().equals("PUT") ? "hello" : "",
                headers(test));
        answers.put(test.get("description").getAsString(), answer.statusCode());
      }
    }
    assertThat(answers).hasSizeGreaterThan(20).containsEntry("POST for resumable uploads", 201);
    // Told in MODEL.md; at Google this key, which is none, is refused as well.
    assertThat(answers.remove("Customer-supplied encryption key")).isEqualTo(501);
    answers.remove("POST for resumable uploads");
    assertThat(answers.values()).containsOnly(200);
  }

  @Test
  void allThatARetryTestNeedsIsThereOrIsToldToBeMissing() throws Exception {
    Set<String> ids = Stream.of(Route.values()).map(Route::id).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    Set<String> instructions = new TreeSet<>();
    for (JsonElement one : cases("retry_tests.json", "retryTests")) {
      for (JsonElement method : one.getAsJsonObject().getAsJsonArray("methods")) {
        String name = method.getAsJsonObject().get("name").getAsString();
        String collection = name.split("[.]", -1)[1];
        String known = "storage." + COLLECTIONS.getOrDefault(collection, collection);
        String id = known + name.substring(name.lastIndexOf('.'));
        boolean content = id.equals("storage.objects.download") || collection.equals("resumable");
        if (!content && !ids.contains(id) && !ids.contains(known)) {
          missing.add(name);
        }
      }
      one.getAsJsonObject()
          .getAsJsonArray("cases")
          .forEach(
              each ->
                  each.getAsJsonObject()
                      .getAsJsonArray("instructions")
                      .forEach(instruction -> instructions.add(instruction.getAsString())));
      // Of gRPC's streams.
      instructions.removeIf(instruction -> instruction.startsWith("redirect-"));
    }
    assertThat(missing).isEqualTo(MISSING);
    assertThat(instructions).isNotEmpty().allSatisfy(one -> canBeOrdered(one));
  }

  private static void canBeOrdered(String instruction) throws BadFaults {
    // Each with its number of KiB.
    String fault = FAULTS.get(instruction.replaceAll("[0-9]+K$", ""));
    assertThat(fault).as(instruction).isNotNull();
    String plan = "{'rules':[{'on':'call','method':'storage.objects.*','nth':1," + fault + "}]}";
    new Faults("demo").replace(plan.replace('\'', '"'));
  }

  private static Iterable<JsonElement> cases(String file, String key) throws IOException {
    Path cases = CASES.resolve(file);
    Assumptions.assumeTrue(
        Files.exists(cases),
        "Skipped: " + cases + " is not there; judges/install makes it, where there is Go");
    return JsonParser.parseString(Files.readString(cases)).getAsJsonObject().getAsJsonArray(key);
  }

  /** Those that HTTP knows: one of these names holds a slash. */
  private static Map<String, String> headers(JsonObject test) {
    Map<String, String> headers = new TreeMap<>();
    if (test.has("headers")) {
      test.getAsJsonObject("headers")
          .entrySet()
          .forEach(
              header -> {
                if (!header.getKey().contains("/")) {
                  headers.put(header.getKey(), header.getValue().getAsString().strip());
                }
              });
    }
    return headers;
  }

  private HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.http() + path))
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
