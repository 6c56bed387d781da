package localcloud.http;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cloud Storage's XML API, as far as clients use it without being asked. */
class XmlApiTest {
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

    HttpResponse<String> read = send(request(HOME + "/a%20b/c.txt?X-Goog-Signature=unchecked"));
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
            request(HOME + "/signed.txt?X-Goog-Signature=unchecked")
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
