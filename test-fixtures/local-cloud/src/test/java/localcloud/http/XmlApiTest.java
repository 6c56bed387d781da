package localcloud.http;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloud Storage's XML API, as far as clients use it without being asked. */
class XmlApiTest {
  private static final String SIGNED =
      "X-Goog-Date=20261122T134200Z&X-Goog-Expires=600&X-Goog-Signature=unchecked";
  private static final String HOME = "/" + BUCKET;

  @TempDir Path folder;
  private StorageCloud cloud;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    cloud = new StorageCloud(folder);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void writesReadsLooksAndDeletes() throws Exception {
    HttpResponse<String> written =
        send(
            request(HOME + "/a b/c.txt".replace(" ", "%20"))
                .header("Content-Type", "text/plain")
                .header("x-goog-meta-team", "edge")
                .PUT(BodyPublishers.ofString("hello")));
    assertThat(written.statusCode()).isEqualTo(200);
    assertThat(written.headers().firstValue("ETag"))
        .contains("\"5d41402abc4b2a76b9719d911017c592\"");

    HttpResponse<String> read = send(request(HOME + "/a%20b/c.txt?" + SIGNED));
    assertThat(read.body()).isEqualTo("hello");
    assertThat(read.headers().firstValue("x-goog-meta-team")).contains("edge");
    assertThat(read.headers().firstValue("Last-Modified"))
        .contains("Sun, 22 Nov 2026 13:42:33 GMT");
    HttpResponse<String> looked =
        send(request(HOME + "/a%20b/c.txt").method("HEAD", BodyPublishers.noBody()));
    assertThat(looked.headers().firstValue("Content-Length")).contains("5");
    HttpResponse<String> part = send(request(HOME + "/a%20b%2Fc.txt").header("Range", "bytes=1-2"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("el");

    assertThat(send(request(HOME + "/a%20b/c.txt").DELETE()).statusCode()).isEqualTo(204);
    HttpResponse<String> gone = send(request(HOME + "/a%20b/c.txt"));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("<Code>NoSuchKey</Code>");
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void conditionsInHeadersHold() throws Exception {
    HttpRequest.Builder fresh =
        request(HOME + "/a")
            .header("x-goog-if-generation-match", "0")
            .PUT(BodyPublishers.ofString("x"));
    assertThat(send(fresh).statusCode()).isEqualTo(200);
    HttpResponse<String> late = send(fresh);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(late.body()).contains("<Code>PreconditionFailed</Code>");
  }

  @Test
  void listsInPagesOfBothVersions() throws Exception {
    for (String name : new String[] {"a", "b/c", "b/d", "e"}) {
      send(request(HOME + "/" + name).PUT(BodyPublishers.ofString("x")));
    }
    String first = send(request(HOME + "?delimiter=/&max-keys=2")).body();
    assertThat(first)
        .contains("<Key>a</Key>", "<Prefix>b/</Prefix>", "<IsTruncated>true</IsTruncated>")
        .contains("<NextMarker>b/</NextMarker>");
    assertThat(send(request(HOME + "/?delimiter=/&marker=b/")).body())
        .contains("<Key>e</Key>", "<IsTruncated>false</IsTruncated>")
        .doesNotContain("<Key>a</Key>");
    assertThat(send(request(HOME + "?list-type=2&max-keys=1")).body())
        .contains("<NextContinuationToken>");
    assertThat(send(request("/")).body()).contains("<Name>" + BUCKET + "</Name>");
    assertThat(send(request("/no-such-bucket")).body()).contains("<Code>NoSuchBucket</Code>");
  }

  @Test
  void joinsPartsInTheirOrder() throws Exception {
    String object = HOME + "/parts.bin";
    String begun = send(request(object + "?uploads").POST(BodyPublishers.noBody())).body();
    String id = begun.replaceFirst("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    String part = object + "?uploadId=" + id + "&partNumber=";
    send(request(part + "2").PUT(BodyPublishers.ofString("world")));
    send(request(part + "1").PUT(BodyPublishers.ofString("hello ")));
    assertThat(cloud.finalized()).isEmpty();
    String all =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>"
            + "<Part><PartNumber>2</PartNumber><ETag>y</ETag></Part></CompleteMultipartUpload>";
    HttpResponse<String> done =
        send(request(object + "?uploadId=" + id).POST(BodyPublishers.ofString(all)));
    assertThat(done.body()).contains("<Key>parts.bin</Key>");
    assertThat(send(request(object)).body()).isEqualTo("hello world");
    assertThat(cloud.finalized()).containsExactly("parts.bin");
    assertThat(send(request(object + "?uploadId=" + id).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void aSignedUrlBeginsAResumableUpload() throws Exception {
    HttpResponse<String> opened =
        send(
            request(HOME + "/signed.txt?" + SIGNED)
                .header("x-goog-resumable", "start")
                .POST(BodyPublishers.noBody()));
    assertThat(opened.statusCode()).isEqualTo(201);
    String session = opened.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> done =
        send(HttpRequest.newBuilder(URI.create(session)).PUT(BodyPublishers.ofString("hello")));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(send(request(HOME + "/signed.txt")).body()).isEqualTo("hello");
  }

  @Test
  void aSignedUrlHoldsAsLongAsItSays() throws Exception {
    send(request(HOME + "/a").PUT(BodyPublishers.ofString("x")));
    String old = "GoogleAccessId=me&Signature=unchecked&Expires=";
    long now = cloud.clock().instant().getEpochSecond();
    assertThat(send(request(HOME + "/a?" + SIGNED)).statusCode()).isEqualTo(200);
    assertThat(send(request(HOME + "/a?" + old + (now + 60))).statusCode()).isEqualTo(200);
    assertThat(send(request(HOME + "/a?" + old + "120")).body())
        .contains("<Details>Request signature expired at: 1970-01-01T00:02:00+00:00</Details>");
    for (String no : new String[] {"604801", "x", ""}) {
      HttpResponse<String> answer =
          send(request(HOME + "/a?" + SIGNED.replace("Expires=600", "Expires=" + no)));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("<Code>MalformedSecurityHeader</Code>");
    }

    cloud.clock().advance(Duration.ofSeconds(600));
    HttpResponse<String> late = send(request(HOME + "/a?" + SIGNED));
    assertThat(late.statusCode()).isEqualTo(400);
    assertThat(late.body())
        .contains(
            "<Code>ExpiredToken</Code><Message>The provided token has expired.</Message>"
                + "<Details>Request signature expired at: 2026-11-22T13:52:00+00:00</Details>");
    assertThat(send(request(HOME + "/b?" + SIGNED).PUT(BodyPublishers.ofString("x"))).statusCode())
        .isEqualTo(400);
    assertThat(cloud.store().holds(BUCKET, "b")).isFalse();
  }

  @Test
  void aFormBecomesAnObjectIfItsPolicyAllows() throws Exception {
    String policy =
        "[\"starts-with\", \"$key\", \"in/\"], {\"x-goog-meta-team\": \"edge\"},"
            + " [\"eq\", \"$Content-Type\", \"text/plain\"], [\"content-length-range\", 2, 5]";
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", "in/${filename}");
    fields.put("Content-Type", "text/plain");
    fields.put("x-goog-meta-team", "edge");
    fields.put("x-ignore-submit", "Upload");

    HttpResponse<String> made = form(policy, fields, "hello");
    assertThat(made.statusCode()).isEqualTo(204);
    HttpResponse<String> read = send(request(HOME + "/in/a.txt"));
    assertThat(read.body()).isEqualTo("hello");
    assertThat(read.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(read.headers().firstValue("x-goog-meta-team")).contains("edge");
    assertThat(cloud.finalized()).containsExactly("in/a.txt");

    fields.put("success_action_status", "201");
    String unnamed = form(policy, fields, "hello").body();
    assertThat(unnamed)
        .contains(
            "<Code>InvalidPolicyDocument</Code>",
            "Policy did not reference these fields: success_action_status");
    String status = ", {\"success_action_status\": \"201\"}";
    HttpResponse<String> told = form(policy + status, fields, "hello");
    assertThat(told.statusCode()).isEqualTo(201);
    assertThat(told.body()).contains("<Bucket>" + BUCKET + "</Bucket><Key>in/a.txt</Key>");
    assertThat(form(policy + status, fields, "too much").body()).contains("<Code>EntityTooLarge");
    assertThat(form(policy + status, fields, "x").body()).contains("<Code>EntityTooSmall");
    fields.put("key", "out/a.txt");
    assertThat(form(policy + status, fields, "hello").body())
        .contains("Failed condition: [&quot;starts-with&quot;,&quot;$key&quot;,&quot;in/&quot;]");
    fields.remove("success_action_status");
    assertThat(send(form("", Map.of("key", "a"), "x", false)).body()).contains("Missing policy");
    fields.put("success_action_redirect", "http://localhost/done?a=b");
    String redirect = ", {\"success_action_redirect\": \"http://localhost/done?a=b\"}";
    HttpResponse<String> led = form(policy.replace("in/", "out/") + redirect, fields, "hello");
    assertThat(led.statusCode()).isEqualTo(303);
    assertThat(led.headers().firstValue("Location").orElseThrow())
        .startsWith("http://localhost/done?a=b&bucket=" + BUCKET + "&key=out%2Fa.txt&etag=%22");
    cloud.clock().advance(Duration.ofHours(2));
    assertThat(form(policy.replace("in/", "out/") + redirect, fields, "hello").body())
        .contains("Policy has expired");
    assertThat(send(request("/").POST(BodyPublishers.noBody())).body())
        .contains("Cannot create buckets using a POST.");
  }

  private HttpResponse<String> form(String conditions, Map<String, String> fields, String content)
      throws Exception {
    return send(form(conditions, fields, content, true));
  }

  private HttpRequest.Builder form(
      String conditions, Map<String, String> fields, String content, boolean withPolicy) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    if (withPolicy) {
      String policy =
          "{\"expiration\": \"2026-11-22T14:42:33Z\", \"conditions\": [{\"bucket\": \""
              + BUCKET
              + "\"}, "
              + conditions
              + "]}";
      byte[] bytes = policy.getBytes(StandardCharsets.UTF_8);
      all.put("policy", Base64.getEncoder().encodeToString(bytes));
    }
    StringBuilder body = new StringBuilder();
    String disposition = "--sep\r\nContent-Disposition: form-data; name=\"";
    all.forEach((name, value) -> body.append(disposition + name + "\"\r\n\r\n" + value + "\r\n"));
    body.append(disposition + "file\"; filename=\"a.txt\"\r\nContent-Type: text/html\r\n\r\n");
    body.append(content).append("\r\n--sep--\r\n");
    return request(HOME)
        .header("Content-Type", "multipart/form-data; boundary=sep")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".localhost", ".storage.googleapis.com", ".localhost:8085"})
  void aBucketIsAHostToo(String host) throws Exception {
    send(request(HOME + "/a/b").PUT(BodyPublishers.ofString("hello")));
    assertThat(raw("GET", BUCKET + host, "/a/b")).startsWith("HTTP/1.1 200").endsWith("hello");
    assertThat(raw("GET", BUCKET + host, "/?prefix=a")).contains("<Key>a/b</Key>");
    assertThat(raw("GET", BUCKET + host, "/compute/v1")).contains("<Code>NoSuchKey</Code>");
    assertThat(raw("GET", "no-bucket" + host, "/a/b")).contains("<Code>NoSuchBucket</Code>");
    assertThat(raw("PUT", "another" + host, "/")).startsWith("HTTP/1.1 200");
    assertThat(cloud.store().bucket("another").getName()).isEqualTo("another");
    assertThat(raw("POST", BUCKET + host, "/c")).contains("<Details>Missing policy</Details>");
    String session = raw("POST", BUCKET + host + "\r\nx-goog-resumable: start", "/c");
    assertThat(session)
        .containsIgnoringCase("Location: http://" + host.substring(1) + "/" + BUCKET + "/c?");
  }

  private String raw(String verb, String host, String path) throws Exception {
    try (Socket socket = new Socket("localhost", URI.create(cloud.address()).getPort())) {
      String request =
          verb + " " + path + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\nHost: ";
      socket
          .getOutputStream()
          .write((request + host + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatItHasNotIsNoted() throws Exception {
    send(request(HOME + "/a").PUT(BodyPublishers.ofString("x")));
    assertThat(send(request(HOME + "/a?acl")).statusCode()).isEqualTo(501);
    assertThat(send(request("/compute/beta/projects/demo/zones")).statusCode()).isEqualTo(501);
    assertThat(cloud.unknownRoutes()).hasSize(2);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cloud.address() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
