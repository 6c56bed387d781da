package localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import localcloud.access.Access;
import localcloud.clock.ManualClock;
import localcloud.http.CallLog.Call;
import localcloud.ports.LoopbackServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallLogTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T13:42:33Z");

  private final ManualClock clock = new ManualClock(BEGUN);
  private final CallLog calls = new CallLog(clock, Access.ownerOnly());
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServers.http(0);
    server.createContext(
        "/",
        calls.noting(
            exchange -> {
              clock.advance(Duration.ofSeconds(2));
              exchange.sendResponseHeaders(200, -1);
              exchange.close();
            }));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void notesWhoAskedForWhatAndHowLongItTook() throws Exception {
    send("GET", "/storage/v1/b/a%20b?prefix=c", "Authorization", "Bearer local-owner");
    send("POST", "/compute/v1/x", "X-HTTP-Method-Override", "PATCH");

    Instant second = BEGUN.plusSeconds(2);
    assertThat(calls.last())
        .containsExactly(
            new Call("owner", "GET", "/storage/v1/b/a%20b", "prefix=c", BEGUN, second),
            new Call("", "PATCH", "/compute/v1/x", "", second, second.plusSeconds(2)));
  }

  private void send(String method, String path, String header, String value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
            .method(method, BodyPublishers.noBody())
            .header(header, value)
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    // The note is made after the answer.
    await().until(() -> noted(path));
  }

  private boolean noted(String path) {
    return calls.last().stream().anyMatch(call -> path.startsWith(call.path()));
  }
}
