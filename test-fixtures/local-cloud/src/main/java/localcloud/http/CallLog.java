package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import localcloud.access.Access;

/** The last calls of Google's APIs, as they were sent: who asked for what, and how long it took. */
public final class CallLog {
  /** Some megabytes; a deployment to a thousand instances makes a few hundred. */
  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Access access;
  private final Deque<Call> last = new ArrayDeque<>();

  /** Notes them in the time of this clock. */
  public CallLog(InstantSource clock, Access access) {
    this.clock = clock;
    this.access = access;
  }

  /**
   * One call.
   *
   * @param identity who made it, by the token that was sent; empty if none was
   * @param method HTTP's, after {@code X-HTTP-Method-Override}
   * @param path with its escapes
   * @param query what stood behind the question mark; empty if nothing
   * @param begun when its head was there, in cloud time
   * @param ended when its answer was sent, in cloud time
   */
  public record Call(
      String identity, String method, String path, String query, Instant begun, Instant ended) {}

  /** The same handler, whose calls are noted. */
  public HttpHandler noting(HttpHandler handler) {
    return exchange -> {
      Instant begun = clock.instant();
      try {
        handler.handle(exchange);
      } finally {
        add(exchange, begun);
      }
    };
  }

  /** Oldest first. */
  public synchronized List<Call> last() {
    return List.copyOf(last);
  }

  private synchronized void add(HttpExchange exchange, Instant begun) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    Request request = Request.of(exchange);
    String token = request.header("Authorization").replaceFirst("^Bearer ", "");
    String query = exchange.getRequestURI().getRawQuery();
    last.addLast(
        new Call(
            access.identity(token),
            request.method(),
            request.path(),
            query == null ? "" : query,
            begun,
            clock.instant()));
  }
}
