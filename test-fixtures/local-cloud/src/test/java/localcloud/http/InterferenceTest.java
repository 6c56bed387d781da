package localcloud.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client meets where a fault strikes its call, and what has then happened. */
class InterferenceTest {
  private static final String UPLOAD =
      "/upload/storage/v1/b/" + BUCKET + "/o?uploadType=media&name=a";
  private static final String OBJECT = "/storage/v1/b/" + BUCKET + "/o/a";
  private static final String TEXT = "0123456789";

  @TempDir Path folder;
  private StorageCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new StorageCloud(folder);
  }

  @AfterEach
  void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "503, backendError, We encountered an internal error. Please try again.",
    "429, rateLimitExceeded, 'The object mir-riseos/a exceeded the rate limit for object mutation"
        + " operations (create, update, and delete). Please reduce your request rate. See"
        + " https://cloud.google.com/storage/docs/gcs429.'",
  })
  void anAnsweredErrorIsGooglesAndNothingTookEffect(int status, String reason, String message)
      throws Exception {
    set("{'on':'call','atMost':1,'do':'answer','status':" + status + ",'retryAfterSeconds':7}");

    HttpResponse<String> answer = post(UPLOAD);

    JsonObject error = JsonParser.parseString(answer.body()).getAsJsonObject();
    JsonObject first =
        error.getAsJsonObject("error").getAsJsonArray("errors").get(0).getAsJsonObject();
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(first.get("reason").getAsString()).isEqualTo(reason);
    assertThat(first.get("message").getAsString()).isEqualTo(message);
    assertThat(cloud.finalized()).isEmpty();
    assertThat(post(UPLOAD).statusCode()).isEqualTo(200);
  }

  @Test
  void aRefusalIsInTheWordsThatWereAskedFor() throws Exception {
    set(
        "{'on':'call','method':'storage.objects.insert','do':'refuse','status':403,"
            + "'reason':'retentionPolicyNotMet','message':'is subject to a retention policy'}");

    HttpResponse<String> answer = post(UPLOAD);

    JsonObject error = JsonParser.parseString(answer.body()).getAsJsonObject();
    JsonObject first =
        error.getAsJsonObject("error").getAsJsonArray("errors").get(0).getAsJsonObject();
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(first.get("reason").getAsString()).isEqualTo("retentionPolicyNotMet");
    assertThat(first.get("message").getAsString()).isEqualTo("is subject to a retention policy");
    assertThat(cloud.finalized()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "organization-policy | 412 | conditionNotMet       | gcp.resourceLocations on the resource",
        "retention-policy    | 403 | retentionPolicyNotMet | is subject to bucket's retention policy",
        "kms-key-disabled    | 400 | invalid               | KMS key is disabled",
        "kms-permission      | 403 | forbidden             | Permission denied on Cloud KMS key.",
      })
  void aKnownRefusalNeedsNoWords(String name, int status, String reason, String words)
      throws Exception {
    set("{'on':'call','method':'storage.objects.insert','do':'refuse','as':'" + name + "'}");

    HttpResponse<String> answer = post(UPLOAD);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(reason, words).doesNotContain("{resource}");
    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void aResetCallTookNoEffect() throws Exception {
    set("{'on':'call','method':'storage.objects.insert','do':'reset'}");

    assertThatThrownBy(() -> post(UPLOAD)).isInstanceOf(IOException.class);

    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void aLostAnswersCallTookEffect() throws Exception {
    set("{'on':'call','method':'storage.objects.insert','do':'lose'}");

    assertThatThrownBy(() -> post(UPLOAD)).isInstanceOf(IOException.class);

    assertThat(cloud.finalized()).containsOnly("a");
    assertThat(content()).isEqualTo(TEXT);
  }

  @Test
  void aRequestThatIsCutLeavesNoObject() throws Exception {
    set("{'on':'call','method':'storage.objects.insert','do':'cut-request','afterBytes':4}");

    assertThatThrownBy(() -> post(UPLOAD)).isInstanceOf(IOException.class);

    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void aRequestThatIsShorterThanItsCutIsLostAfterItsEffect() throws Exception {
    set("{'on':'call','method':'storage.objects.insert','do':'cut-request','afterBytes':11}");

    assertThatThrownBy(() -> post(UPLOAD)).isInstanceOf(IOException.class);

    assertThat(cloud.finalized()).containsOnly("a");
    assertThat(content()).isEqualTo(TEXT);
  }

  @Test
  void aResumableUploadGoesOnAfterItWasCut() throws Exception {
    String session =
        send(request(UPLOAD.replace("media", "resumable")).POST(BodyPublishers.noBody()))
            .headers()
            .firstValue("Location")
            .orElseThrow();
    set("{'on':'call','nth':1,'do':'cut-request','afterBytes':4}");

    assertThatThrownBy(() -> send(put(session).PUT(BodyPublishers.ofString(TEXT))))
        .isInstanceOf(IOException.class);

    HttpResponse<String> asked =
        send(put(session).header("Content-Range", "bytes */*").PUT(BodyPublishers.noBody()));
    assertThat(asked.statusCode()).isEqualTo(308);
    assertThat(asked.headers().firstValue("Range")).contains("bytes=0-3");
    send(
        put(session)
            .header("Content-Range", "bytes 4-9/10")
            .PUT(BodyPublishers.ofString("456789")));
    assertThat(content()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource({"4, 0123", "0, ''", "10, 012345678", "1000, 012345678"})
  void anAnswerThatIsCutArrivesUpToThere(int bytes, String arrived) throws Exception {
    post(UPLOAD);
    set("{'on':'call','method':'*.get','do':'cut-answer','afterBytes':" + bytes + "}");

    String all = raw("GET " + OBJECT + "?alt=media HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(all).contains("HTTP/1.1 200").contains("Content-length: 10");
    assertThat(all.substring(all.indexOf("\r\n\r\n") + 4)).isEqualTo(arrived);
  }

  @Test
  void aDelayedCallIsAnsweredLateByTheClockOfTheCloud() throws Exception {
    set("{'on':'call','nth':1,'do':'delay','delaySeconds':30}");
    Instant before = cloud.clock().instant();

    assertThat(post(UPLOAD).statusCode()).isEqualTo(200);

    assertThat(Duration.between(before, cloud.clock().instant())).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({
    "hold-before, end, false, false",
    "hold-before, answer, false, true",
    "hold-after, end, true, false",
    "hold-after, answer, true, true",
  })
  void aHeldCallWaitsAtItsBoundaryUntilItIsLetGo(
      String what, String then, boolean effect, boolean answered) throws Exception {
    set("{'on':'call','nth':1,'do':'" + what + "','then':'" + then + "'}");
    CompletableFuture<HttpResponse<String>> call =
        HttpClient.newHttpClient()
            .sendAsync(
                request(UPLOAD).POST(BodyPublishers.ofString(TEXT)).build(),
                BodyHandlers.ofString());

    await().until(() -> control("GET", "").body().contains("\"held\": 1"));
    assertThat(cloud.finalized()).hasSize(effect ? 1 : 0);
    assertThat(call).isNotDone();
    control("DELETE", "");

    await().until(call::isDone);
    assertThat(call.isCompletedExceptionally()).isEqualTo(!answered);
    assertThat(cloud.finalized()).hasSize(effect || answered ? 1 : 0);
    assertThat(control("GET", "").body()).contains("\"held\": 0");
  }

  @Test
  void onlyTheNamedCallerIsStruck() throws Exception {
    set("{'on':'call','caller':'local-function','do':'answer','status':503}");

    assertThat(post(UPLOAD).statusCode()).isEqualTo(200);
    assertThat(
            send(request(OBJECT).header("Authorization", "Bearer local-function").GET())
                .statusCode())
        .isEqualTo(503);
  }

  @Test
  void aCallInABatchIsStruckForItself() throws Exception {
    post(UPLOAD);
    set("{'on':'call','method':'storage.objects.get','nth':1,'do':'answer','status':503}");
    String call = "Content-Type: application/http\r\n\r\nGET " + OBJECT + " HTTP/1.1\r\n\r\n\r\n";
    String batch = "--b\r\n" + call + "--b\r\n" + call + "--b--\r\n";

    HttpResponse<String> answer =
        send(
            request("/batch/storage/v1")
                .header("Content-Type", "multipart/mixed; boundary=b")
                .POST(BodyPublishers.ofString(batch)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().indexOf("HTTP/1.1 503"))
        .isPositive()
        .isLessThan(answer.body().indexOf("HTTP/1.1 200"));
  }

  @Test
  void theControlRouteSetsTellsAndClears() throws Exception {
    HttpResponse<String> set =
        control("PUT", "{\"rules\":[{\"on\":\"call\",\"do\":\"answer\",\"status\":503}]}");
    assertThat(set.statusCode()).isEqualTo(200);
    assertThat(post(UPLOAD).statusCode()).isEqualTo(503);

    assertThat(control("GET", "").body())
        .contains("\"struck\": 1")
        .contains("storage.objects.insert");
    assertThat(control("DELETE", "").body()).contains("\"rules\": []");
    assertThat(post(UPLOAD).statusCode()).isEqualTo(200);
    assertThat(control("POST", "").statusCode()).isEqualTo(405);
  }

  @Test
  void theControlRouteRefusesWhatCannotBe() throws Exception {
    HttpResponse<String> answer = control("PUT", "{\"rules\":[{\"on\":\"moon\"}]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("rules[0].on: expected one of").contains("found moon");
  }

  private void set(String rule) throws Exception {
    cloud.faults().replace(("{'rules':[" + rule + "]}").replace('\'', '"'));
  }

  private String content() throws IOException {
    cloud.faults().clear();
    ObjectKey key = new ObjectKey(BUCKET, "a", null);
    try (InputStream in = cloud.store().open(key, Conditions.NONE).from(0)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private HttpResponse<String> control(String method, String body) throws Exception {
    return send(request(FaultRoutes.PATH).method(method, BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> post(String path) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(TEXT)));
  }

  private HttpRequest.Builder request(String path) {
    return put(cloud.address() + path);
  }

  private static HttpRequest.Builder put(String url) {
    return HttpRequest.newBuilder(URI.create(url)).version(HttpClient.Version.HTTP_1_1);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** Everything that comes until the connection ends. */
  private String raw(String request) throws IOException {
    URI address = URI.create(cloud.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
