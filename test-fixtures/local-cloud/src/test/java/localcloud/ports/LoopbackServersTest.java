package localcloud.ports;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackServersTest {
  /** More than the JDK's backlog of 50, less than 128, the most that old kernels let wait. */
  private static final int CLIENTS = 120;

  /** A busy machine takes none for a while; Linux must not reset what waits meanwhile. */
  @Test
  void answersEveryoneWhoCameBeforeItTookConnections() throws Exception {
    HttpServer server = LoopbackServers.http(0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(post(server.getAddress().getPort()));
      }
      server.start();
      for (Socket client : clients) {
        assertThat(firstLine(client)).isEqualTo("HTTP/1.1 200 OK");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
      server.stop(0);
    }
  }

  /** Its body in a segment of its own, as clients send it. */
  private static Socket post(int port) throws IOException {
    Socket client = new Socket("127.0.0.1", port);
    client.setTcpNoDelay(true);
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n";
    client.getOutputStream().write(head.getBytes(US_ASCII));
    client.getOutputStream().write("null\n".getBytes(US_ASCII));
    return client;
  }

  private static String firstLine(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII)).readLine();
  }
}
