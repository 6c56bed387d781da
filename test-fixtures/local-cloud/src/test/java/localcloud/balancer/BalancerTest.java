package localcloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import localcloud.clock.ManualClock;
import localcloud.ports.LoopbackServers;
import localcloud.world.backends.Rotation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private final ManualClock clock = new ManualClock(NOON);
  private final List<HttpServer> sites = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private Balancer balancer;

  @BeforeEach
  void start() throws Exception {
    balancer = Balancer.start(0, clock);
  }

  @AfterEach
  void stop() throws Exception {
    balancer.close();
    sites.forEach(site -> site.stop(0));
    threads.shutdownNow();
  }

  @Test
  void listensOnTheLoopbackInterfaceAlone() throws Exception {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();

    assertThat(others)
        .allSatisfy(
            address ->
                assertThatThrownBy(() -> new Socket(address, balancer.port()).close())
                    .isInstanceOf(IOException.class));
    new Socket("127.0.0.1", balancer.port()).close();
    // Another address of the same interface, for a computer that has no other interface.
    assertThatThrownBy(() -> new Socket("127.0.0.2", balancer.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void withoutAHealthyInstanceAnswers503() throws Exception {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("no healthy upstream");
    assertCounted(Map.of(), 1);
  }

  @Test
  void givesEachRequestToTheNextInstance() throws Exception {
    serve(site("a", this::well), site("b", this::well));
    assertThat(List.of(get("/").body(), get("/").body(), get("/").body(), get("/").body()))
        .containsExactlyInAnyOrder("a", "a", "b", "b");
    assertCounted(Map.of("a", 2, "b", 2), 0);
  }

  @Test
  void anInstanceThatIsNoLongerToldOfGetsNoMore() throws Exception {
    Rotation.Serving stays = site("a", this::well);
    serve(stays, site("b", this::well));
    get("/");
    serve(stays);
    seen.clear();
    for (int i = 0; i < 4; i++) {
      assertThat(get("/").body()).isEqualTo("a");
    }
  }

  @Test
  void passesRequestAndAnswerOnUnchanged() throws Exception {
    String large = "x".repeat(300_000);
    serve(
        site(
            "a",
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              exchange.getResponseHeaders().add("x-answer", "y");
              exchange.sendResponseHeaders(404, 0);
              exchange.getResponseBody().write(body);
              exchange.close();
            }));
    HttpResponse<String> answer =
        client.send(
            request("/a%20b?c=d%2Fe")
                .PUT(BodyPublishers.ofString(large))
                .header("x-q", "z")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(seen).containsExactly("a PUT /a%20b?c=d%2Fe [z]");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("x-answer")).contains("y");
    assertThat(answer.body()).isEqualTo(large);
    assertCounted(Map.of("a", 1), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void sendsNothingTwice(String method) throws Exception {
    serve(site("a", HttpExchange::close), site("b", HttpExchange::close));
    HttpResponse<String> answer =
        client.send(
            request("/").method(method, BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("disconnect/reset before headers");
    assertThat(seen).hasSize(1);
    assertCounted(Map.of(), 1);
  }

  @Test
  void anAnswerThatBreaksOffBreaksOffAndIsCountedAsFailed() throws Exception {
    serve(
        site(
            "a",
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write(new byte[50]);
              exchange.getResponseBody().flush();
              throw new IOException("the machine ends");
            }));
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    assertCounted(Map.of(), 1);
  }

  @Test
  void anInstancesOwn5xxIsPassedOnAndCountedAsFailed() throws Exception {
    serve(site("a", exchange -> answer(exchange, 500, "broken")));
    assertThat(get("/").body()).isEqualTo("broken");
    assertCounted(Map.of(), 1);
  }

  @Test
  void anAnswerThatTakesLongerThanTheServicesTimeoutIs504() throws Exception {
    Rotation.Serving mute = site("a", exchange -> {});
    balancer.take(new Rotation("web", Duration.ofMillis(300), List.of(mute)));
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).isEqualTo("upstream request timeout");
    assertCounted(Map.of(), 1);
  }

  @Test
  void anAnswerThatIsNotWholeByTheServicesTimeoutBreaksOff() throws Exception {
    Rotation.Serving endless =
        site(
            "a",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              // Never silent for long, until nobody listens.
              while (true) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
              }
            });
    balancer.take(new Rotation("web", Duration.ofMillis(300), List.of(endless)));
    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    assertCounted(Map.of(), 1);
  }

  @Test
  void keepsItsConnectionsToAnInstance() throws Exception {
    serve(
        site(
            "a",
            exchange ->
                answer(exchange, 200, String.valueOf(exchange.getRemoteAddress().getPort()))));
    assertThat(get("/").body()).isEqualTo(get("/").body());
  }

  @Test
  void countsByTheSecondAndForgetsAfterAnHour() throws Exception {
    serve(site("a", this::well));
    get("/");
    assertCounted(Map.of("a", 1), 0);
    clock.advance(Duration.ofMillis(1500));
    get("/");
    Second later = new Second(NOON.plusSeconds(1), Map.of("a", 1), 0);
    await().until(() -> balancer.traffic().since(NOON).contains(later));
    assertThat(balancer.traffic().since(NOON)).hasSize(2);
    assertThat(balancer.traffic().since(NOON.plusMillis(1))).hasSize(1);
    clock.advance(Duration.ofHours(1));
    get("/");
    await()
        .untilAsserted(
            () ->
                assertThat(balancer.traffic().since(NOON))
                    .extracting(Second::start)
                    .containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(3601)));
  }

  @Test
  void namesThePortThatIsTakenAndTheOption() {
    assertThatThrownBy(() -> Balancer.start(balancer.port(), clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Port " + balancer.port() + " (--balancer-port) is in use");
  }

  private void well(HttpExchange exchange) throws IOException {
    answer(exchange, 200, sites.get(0) == exchange.getHttpContext().getServer() ? "a" : "b");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Rotation.Serving site(String version, HttpHandler handler) throws IOException {
    HttpServer site = LoopbackServers.http(0);
    site.createContext(
        "/",
        exchange -> {
          seen.add(
              version
                  + " "
                  + exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().get("x-q"));
          handler.handle(exchange);
        });
    site.setExecutor(threads);
    site.start();
    sites.add(site);
    return new Rotation.Serving("instances/" + version, version, site.getAddress());
  }

  private void serve(Rotation.Serving... serving) {
    balancer.take(new Rotation("web", Duration.ofSeconds(30), List.of(serving)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + balancer.port() + path));
  }

  private void assertCounted(Map<String, Integer> answered, int failed) {
    // A request is counted when its answer has left, which its client may see first.
    await()
        .untilAsserted(
            () ->
                assertThat(balancer.traffic().since(NOON))
                    .containsExactly(new Second(NOON, answered, failed)));
  }
}
