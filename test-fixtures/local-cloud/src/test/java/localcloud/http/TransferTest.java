package localcloud.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and downloads byte by byte, in the forms that clients were seen to use. */
@Timeout(600)
class TransferTest {
  private static final String UPLOAD = "/upload/storage/v1/b/" + BUCKET + "/o?uploadType=";
  private static final String RESUMABLE = "/resumable" + UPLOAD + "resumable";
  private static final int UNIT = 256 * 1024;

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

  @ParameterizedTest
  @CsvSource({"\\n, ''''", "\\r\\n, '\"'", "\\r\\n, ''", "\\n, ''"})
  void aMultipartUploadMayUseEitherLineEndAndQuote(String escaped, String quote) throws Exception {
    String newline = escaped.translateEscapes();
    String content = "one\r\n--==not-the-boundary==\r\n\r";
    HttpResponse<String> answer =
        send(multipart(quote, body(newline, "==b==", content).getBytes(ISO_8859_1)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(read("a.tar.gz")).isEqualTo(content);
    assertThat(json(answer).get("contentType").getAsString()).isEqualTo("application/x-tar");
    assertThat(json(answer).get("size").getAsString()).isEqualTo("" + content.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_500, 65_536, 65_537, 200_000})
  void aPartEndsAtItsBoundaryWhereverTheBufferEnds(int size) throws Exception {
    String content = "\r\n--==b=".repeat(size / 8 + 1).substring(0, size);

    send(multipart("'", body("\r\n", "==b==", content).getBytes(ISO_8859_1)));

    assertThat(read("a.tar.gz")).isEqualTo(content);
  }

  @Test
  void aMultipartBodyMayBeZipped() throws Exception {
    HttpRequest.Builder request =
        multipart("'", gzip(body("\r\n", "==b==", "content").getBytes(UTF_8)))
            .header("Content-Encoding", "gzip");

    assertThat(json(send(request)).has("contentEncoding")).isFalse();
    assertThat(read("a.tar.gz")).isEqualTo("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--==b==", "--==b==\n\n{}\n--==b==\n\ncut off", "junk\n"})
  void aMalformedMultipartBodyIsRefused(String body) throws Exception {
    assertThat(send(multipart("'", body.getBytes(UTF_8))).statusCode()).isEqualTo(400);
    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void chunksAreConfirmedAndTheLastOneMakesTheObject() throws Exception {
    String session = session("{\"name\":\"a\",\"metadata\":{\"k\":\"v\"}}");

    assertThat(put(session, "bytes */*", "").headers().firstValue("Range")).isEmpty();
    HttpResponse<String> first = put(session, "bytes 0-262143/*", "x".repeat(UNIT));
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(first.headers().firstValue("Range")).contains("bytes=0-262143");
    HttpResponse<String> asked = put(session, "bytes */*", "");
    assertThat(asked.statusCode()).isEqualTo(308);
    assertThat(asked.headers().firstValue("Range")).contains("bytes=0-262143");
    assertThat(cloud.finalized()).isEmpty();
    HttpResponse<String> last = put(session, "bytes 262144-262145/262146", "yz");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(json(last).getAsJsonObject("metadata").get("k").getAsString()).isEqualTo("v");
    assertThat(read("a")).isEqualTo("x".repeat(UNIT) + "yz");
    assertThat(json(put(session, "bytes */262146", ""))).isEqualTo(json(last));
    assertThat(cloud.finalized()).containsExactly("a");
  }

  @Test
  void aChunkSentAgainIsTakenOnce() throws Exception {
    String session = session("{\"name\":\"a\"}");
    put(session, "bytes 0-262143/*", "x".repeat(UNIT));

    put(session, "bytes 0-262145/262146", "x".repeat(UNIT) + "yz");

    assertThat(read("a")).isEqualTo("x".repeat(UNIT) + "yz");
  }

  @Test
  void onlyWholeUnitsOfAChunkAreKept() throws Exception {
    String session = session("{\"name\":\"a\"}");

    assertThat(put(session, "bytes 0-99/*", "x".repeat(100)).statusCode()).isEqualTo(400);
    HttpResponse<String> over = put(session, "bytes 0-262243/*", "x".repeat(UNIT + 100));
    assertThat(over.headers().firstValue("Range")).contains("bytes=0-262143");
    assertThat(put(session, "bytes 999999-1299999/*", "x".repeat(300_001)).statusCode())
        .isEqualTo(400);
    assertThat(put(session, "bytes */262144", "").statusCode()).isEqualTo(200);
    assertThat(read("a")).hasSize(UNIT);
  }

  @Test
  void contentOfAnotherSumThanDeclaredEndsTheSession() throws Exception {
    String session = session("{\"name\":\"a\"}");
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(session))
            .header("Content-Range", "bytes 0-1/2")
            .header("x-goog-hash", "crc32c=AAAAAA==,md5=1B2M2Y8AsgTpgAmY7PhCfg==")
            .PUT(BodyPublishers.ofString("xy"));

    assertThat(send(put).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes */*", "").statusCode()).isEqualTo(404);
    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void aSessionCanBeCancelled() throws Exception {
    String session = session("{\"name\":\"a\"}");

    assertThat(send(HttpRequest.newBuilder(URI.create(session)).DELETE()).statusCode())
        .isEqualTo(499);
    assertThat(put(session, "bytes */*", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aSessionForATakenNameIsRefusedAtOnce() throws Exception {
    media("a", "content");
    HttpRequest.Builder start =
        request(RESUMABLE + "&name=a&ifGenerationMatch=0").POST(BodyPublishers.noBody());

    assertThat(send(start).statusCode()).isEqualTo(412);
  }

  @Test
  void aMediaAnswerCarriesSumsAndGeneration() throws Exception {
    long generation = json(media("a", "123456789")).get("generation").getAsLong();
    HttpResponse<String> answer = send(request(media("a")));

    assertThat(answer.body()).isEqualTo("123456789");
    assertThat(answer.headers().firstValue("x-goog-hash"))
        .contains("crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==");
    assertThat(answer.headers().firstValueAsLong("x-goog-generation")).hasValue(generation);
    assertThat(answer.headers().firstValueAsLong("x-goog-metageneration")).hasValue(1);
    assertThat(answer.headers().firstValueAsLong("x-goog-stored-content-length")).hasValue(9);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
    HttpResponse<String> known = send(request(media("a") + "&ifGenerationNotMatch=" + generation));
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(send(request(media("a") + "&generation=1")).statusCode()).isEqualTo(404);
  }

  @Test
  void theMediaLinkLeadsToTheContentOnTheAddressAsked() throws Exception {
    String link = json(media("d/a b", "content")).get("mediaLink").getAsString();

    assertThat(link).startsWith(cloud.address() + "/download/storage/v1/b/");
    assertThat(send(HttpRequest.newBuilder(URI.create(link))).body()).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=8-, 206, 89, bytes 8-9/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "bytes=-3, 206, 789, bytes 7-9/10",
    "bytes=-99, 206, 0123456789, bytes 0-9/10",
    "bytes=10-, 416, '', bytes */10",
    "'bytes=0-1,4-5', 200, 0123456789,",
    "bytes=3-1, 200, 0123456789,",
    "lines=1-2, 200, 0123456789,"
  })
  void aRangeIsServed(String range, int status, String content, String contentRange)
      throws Exception {
    media("a", "0123456789");
    HttpResponse<String> answer = send(request(media("a")).header("Range", range));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
  }

  @Test
  void zippedContentIsUnzippedForWhoCannotUnzip() throws Exception {
    HttpRequest.Builder upload =
        request(UPLOAD + "media&name=z&contentEncoding=gzip")
            .POST(BodyPublishers.ofByteArray(gzip("content".getBytes(UTF_8))));
    assertThat(json(send(upload)).get("contentEncoding").getAsString()).isEqualTo("gzip");

    assertThat(send(request(media("z"))).body()).isEqualTo("content");
    HttpResponse<String> raw = send(request(media("z")).header("Accept-Encoding", "gzip"));
    assertThat(raw.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(raw.body()).isNotEqualTo("content");
    for (String none : new String[] {"gzip;q=0", "gzip; q=0.0", "identity, gzip;q=0"}) {
      HttpResponse<String> plain = send(request(media("z")).header("Accept-Encoding", none));
      assertThat(plain.headers().firstValue("Content-Encoding")).as(none).isEmpty();
      assertThat(plain.body()).as(none).isEqualTo("content");
    }
    HttpResponse<String> little =
        send(request(media("z")).header("Accept-Encoding", "identity;q=0.1, gzip;q=0.5"));
    assertThat(little.headers().firstValue("Content-Encoding")).contains("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "media&name=a&contentEncoding=gzip&kmsKeyName=k",
        "media&name=a&kmsKeyName=k",
      })
  void whatAnUploadCannotKeepIsRefusedAndNoted(String query) throws Exception {
    HttpRequest.Builder upload = request(UPLOAD + query).POST(BodyPublishers.ofString("x"));

    assertThat(send(upload).statusCode()).isEqualTo(501);
    assertThat(cloud.unknownRoutes()).hasSize(1);
    assertThat(cloud.finalized()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Modified-Since", "If-Unmodified-Since"})
  void aConditionInAHeaderIsRefusedAndNoted(String header) throws Exception {
    media("a", "content");

    assertThat(send(request(media("a")).header(header, "x")).statusCode()).isEqualTo(501);
    assertThat(cloud.unknownRoutes()).singleElement().asString().contains(header);
  }

  private static String body(String newline, String boundary, String content) {
    return String.join(
        newline,
        "--" + boundary,
        "Content-Type: application/json",
        "",
        "{\"name\": \"a.tar.gz\", \"contentType\": \"application/x-tar\"}",
        "--" + boundary,
        "Content-Type: application/octet-stream",
        "Content-Transfer-Encoding: binary",
        "",
        content,
        "--" + boundary + "--",
        "");
  }

  private HttpRequest.Builder multipart(String quote, byte[] body) {
    return request(UPLOAD + "multipart")
        .header("Content-Type", "multipart/related; boundary=" + quote + "==b==" + quote)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> media(String name, String content) throws Exception {
    String encoded = name.replace("/", "%2F").replace(" ", "%20");
    return send(
        request(UPLOAD + "media&name=" + encoded)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(content)));
  }

  private String session(String metadata) throws Exception {
    HttpResponse<String> answer = send(request(RESUMABLE).POST(BodyPublishers.ofString(metadata)));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> put(String session, String range, String content) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(session))
            .header("Content-Range", range)
            .PUT(BodyPublishers.ofString(content)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cloud.address() + path));
  }

  private static String media(String name) {
    return "/storage/v1/b/" + BUCKET + "/o/" + name + "?alt=media";
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(ISO_8859_1));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private String read(String name) throws IOException {
    try (var object = cloud.store().open(ObjectKey.live(BUCKET, name), Conditions.NONE)) {
      return new String(object.from(0).readAllBytes(), ISO_8859_1);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
