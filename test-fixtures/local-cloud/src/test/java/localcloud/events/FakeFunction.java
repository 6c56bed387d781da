package localcloud.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import localcloud.ports.LoopbackServers;

/** An HTTP server in the function's place: answers as told, then 200, and notes each call. */
final class FakeFunction implements AutoCloseable {
  /** No answer at all: the connection is closed. */
  static final int LOST = 0;

  /** No answer, and the connection stays. */
  static final int NEVER = -1;

  record Call(Instant at, String id, String subject, String body) {}

  private final HttpServer server;
  private final InstantSource clock;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ArrayDeque<>();
  private int last = 200;

  FakeFunction(InstantSource clock) throws IOException {
    this.clock = clock;
    server = LoopbackServers.http(0);
    server.createContext("/", this::handle);
    server.start();
  }

  synchronized FakeFunction answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  synchronized FakeFunction always(int status) {
    last = status;
    return this;
  }

  List<Call> calls() {
    return calls;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
    var headers = exchange.getRequestHeaders();
    calls.add(
        new Call(clock.instant(), headers.getFirst("ce-id"), headers.getFirst("ce-subject"), body));
    int status = answers.isEmpty() ? last : answers.remove();
    if (status == NEVER) {
      return;
    }
    if (status != LOST) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
