package localcloud.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import localcloud.http.ApiServer.Ports;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest {
  @TempDir Path folder;
  private final UnknownRoutes unknown = new UnknownRoutes();
  private Certificate certificate;
  private ApiServer server;

  private static final HttpHandler HELLO = exchange -> Replies.json(exchange, 200, "\"hello\"");

  @BeforeEach
  void start() throws Exception {
    certificate = Certificate.in(folder);
    HttpHandler refusing =
        exchange -> {
          throw new ApiException(412, "conditionNotMet", "It \"changed\".");
        };
    HttpHandler failing =
        exchange -> {
          throw new IllegalStateException("a bug");
        };
    server =
        ApiServer.start(
            new Ports(0, 0),
            certificate,
            Map.of("/hello", HELLO, "/hello/no", refusing, "/broken", failing),
            unknown);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRouteTakesItsPrefixAndWhatLiesBelowIt() throws Exception {
    assertThat(get("/hello").body()).isEqualTo("\"hello\"");
    assertThat(get("/hello/you").body()).isEqualTo("\"hello\"");
    assertThat(get("/helloyou").statusCode()).isEqualTo(501);
    assertThat(get("/hello/no/way").statusCode()).isEqualTo(412);
  }

  @Test
  void anUnknownRouteIsAnswered501AndNoted() throws Exception {
    HttpResponse<String> answer = get("/nowhere/a%2Fb?x=1");

    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(error(answer).get("code").getAsInt()).isEqualTo(501);
    assertThat(unknown.asked()).singleElement().asString().startsWith("GET /nowhere/a%2Fb?x=1");
    assertThat(get("/_local/unknown-routes").body()).contains("GET /nowhere/a%2Fb?x=1");
  }

  @Test
  void aRefusalComesInGooglesEnvelope() throws Exception {
    JsonObject error = error(get("/hello/no"));

    assertThat(error.get("message").getAsString()).isEqualTo("It \"changed\".");
    JsonObject fault = error.getAsJsonArray("errors").get(0).getAsJsonObject();
    assertThat(fault.get("reason").getAsString()).isEqualTo("conditionNotMet");
    assertThat(fault.get("domain").getAsString()).isEqualTo("global");
    assertThat(unknown.asked()).isEmpty();
  }

  @Test
  void aBugIsAnswered500() throws Exception {
    assertThat(get("/broken").statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, '', 200",
    "localhost:7, '', 200",
    "127.0.0.1:7, '', 200",
    "[::1]:7, '', 200",
    "evil.example, '', 403",
    "localhost.evil.example:7, '', 403",
    "storage.googleapis.com, '', 403",
    "bucket.storage.googleapis.com, '', 200",
    "bucket.localhost:7, '', 200",
    "bucket.localhost:7, http://localhost:7, 403",
    "localhost:7, http://localhost:7, 200",
    "localhost:7, https://localhost:7, 200",
    "localhost:7, http://localhost:8, 403",
    "localhost:7, https://evil.example, 403",
    "localhost:7, null, 403",
  })
  void noStrangersPageDrivesIt(String host, String origin, int status) throws Exception {
    String answer =
        raw(
            "GET /hello HTTP/1.1\r\nConnection: close\r\nHost: "
                + host
                + (origin.isEmpty() ? "" : "\r\nOrigin: " + origin)
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer.contains("hello")).isEqualTo(status == 200);
  }

  @Test
  void aStrangersPageIsToldWhatToDo() throws Exception {
    assertThat(raw("GET /hello HTTP/1.1\r\nConnection: close\r\nHost: cloud.example\r\n\r\n"))
        .contains("asked as 'cloud.example': use one of these names");
    assertThat(
            raw(
                "POST /hello HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n"
                    + "Origin: https://evil.example\r\nContent-Length: 0\r\n\r\n"))
        .contains("no calls from the web page https://evil.example: call it from a program");
  }

  @Test
  void aLargeUploadToAnUnknownRouteStillReadsItsAnswer() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(http("/nowhere"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[8 << 20]))
            .build();

    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(501);
  }

  @Test
  void aClientThatTrustsTheExportedCertificateSpeaksHttps() throws Exception {
    URI address = URI.create("https://localhost:" + server.ports().https() + "/hello");
    HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(certificate.pem())).build();

    assertThat(trusting.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()))
        .returns(200, HttpResponse::statusCode);
  }

  @Test
  void theCertificateIsMadeOnce() throws Exception {
    String first = Files.readString(certificate.pem());

    assertThat(Files.readString(Certificate.in(folder).pem())).isEqualTo(first);
  }

  @Test
  void aTakenPortIsNamedWithItsOptionAndTheRemedy() {
    int http = server.ports().http();
    int https = server.ports().https();

    assertThatThrownBy(() -> ApiServer.start(new Ports(http, 0), certificate, Map.of(), unknown))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("Port " + http, "--http-port N", "choose another");
    assertThatThrownBy(() -> ApiServer.start(new Ports(0, https), certificate, Map.of(), unknown))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("Port " + https, "--https-port N");
  }

  private URI http(String path) {
    return URI.create("http://localhost:" + server.ports().http() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(http(path)).build(), BodyHandlers.ofString());
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket("localhost", server.ports().http())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static JsonObject error(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("error");
  }

  private static SSLContext trusting(Path pem) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      trusted.setCertificateEntry(
          "local", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
