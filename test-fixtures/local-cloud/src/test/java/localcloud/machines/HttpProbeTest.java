package localcloud.machines;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localcloud.world.instances.Machine.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nversion 2\n";

  private final HttpProbe probe = new HttpProbe();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    probe.close();
    over.countDown();
    server.close();
  }

  @Test
  void aWholeAnswerWithStatus200IsGood() throws Exception {
    serve(OK);
    assertThat(ask("/healthz", "")).isEqualTo(Reply.GOOD);
    assertThat(requests.get(0))
        .startsWith("GET /healthz HTTP/1.1\r\n")
        .containsIgnoringCase("Connection: close")
        .containsIgnoringCase("Host: 127.0.0.1:" + server.getLocalPort());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        "nonsense\r\n\r\n",
        ""
      })
  void anyOtherAnswerIsBad(String answer) throws Exception {
    serveAndClose(answer);
    assertThat(ask("/", "")).isEqualTo(Reply.BAD);
  }

  @Test
  void halfAnAnswerIsBad() throws Exception {
    serveAndClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nversi");
    assertThat(ask("/", "")).isEqualTo(Reply.BAD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nversi"})
  void onlyConnectingOrStoppingHalfwayIsNoReplyInTime(String start) throws Exception {
    serve(start);
    HTTPHealthCheck http = HTTPHealthCheck.newBuilder().setRequestPath("/").build();
    assertThat(asked(http, 1).get(60, TimeUnit.SECONDS)).isEqualTo(Reply.NONE);
  }

  @Test
  void nobodyThereIsNoReply() throws Exception {
    server.close();
    assertThat(ask("/", "")).isEqualTo(Reply.NONE);
  }

  @Test
  void theTextMustStandInTheFirst1024Bytes() throws Exception {
    serve(OK);
    assertThat(ask("/", "version 2")).isEqualTo(Reply.GOOD);
    assertThat(ask("/", "version 3")).isEqualTo(Reply.BAD);
  }

  @Test
  void aTextBehindTheFirst1024BytesIsNotSeen() throws Exception {
    serveAndClose("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1020) + "found");
    assertThat(ask("/", "foun")).isEqualTo(Reply.GOOD);
    assertThat(ask("/", "found")).isEqualTo(Reply.BAD);
  }

  @Test
  void sendsTheHostOfTheCheck() throws Exception {
    serve(OK);
    HTTPHealthCheck http =
        HTTPHealthCheck.newBuilder().setRequestPath("/").setHost("riseos.example").build();
    assertThat(ask(http)).isEqualTo(Reply.GOOD);
    assertThat(requests.get(0)).containsIgnoringCase("\r\nHost: riseos.example\r\n");
  }

  private Reply ask(String path, String response) throws Exception {
    return ask(HTTPHealthCheck.newBuilder().setRequestPath(path).setResponse(response).build());
  }

  /** With time enough for a busy computer. */
  private Reply ask(HTTPHealthCheck http) throws Exception {
    return asked(http, 60).get(90, TimeUnit.SECONDS);
  }

  private CompletableFuture<Reply> asked(HTTPHealthCheck http, int timeoutSec) {
    HealthCheck check =
        HealthCheck.newBuilder()
            .setType("HTTP")
            .setTimeoutSec(timeoutSec)
            .setHttpHealthCheck(http)
            .build();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    return probe.ask(check, address).toCompletableFuture();
  }

  /** Says this to everybody and keeps the connection open. */
  private void serve(String answer) {
    inBackground(answer, false);
  }

  private void serveAndClose(String answer) {
    inBackground(answer, true);
  }

  private void inBackground(String answer, boolean close) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  speak(server.accept(), answer, close);
                } catch (IOException closed) {
                  // Either end may go at any time.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void speak(Socket socket, String answer, boolean close) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return;
      }
      request.append((char) next);
    }
    requests.add(request.toString());
    OutputStream out = socket.getOutputStream();
    out.write(answer.getBytes(US_ASCII));
    out.flush();
    if (close) {
      socket.close();
    }
  }
}
