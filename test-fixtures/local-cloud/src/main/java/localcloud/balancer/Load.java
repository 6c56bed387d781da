package localcloud.balancer;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import localcloud.clock.RunningClock;
import localcloud.eventloop.EventLoop;

/**
 * Sends requests at a steady rate, every other one over a connection of its own, and does not slow
 * down when answers do. A request is never sent twice. All times are the system's.
 */
public final class Load {
  /** A request without an answer for so long has failed: longer than any health check waits. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(30);

  private static final Duration TICK = Duration.ofMillis(5);
  private static final int CONNECTIONS = 4096;
  private static final int REASONS = 5;

  /**
   * What to send.
   *
   * @param site where to, such as http://127.0.0.1:8080
   * @param perSecond requests for {@code /}
   * @param slowPerSecond requests for {@code /slow} besides
   */
  public record Plan(URI site, int perSecond, int slowPerSecond) {}

  /**
   * What came of it; every request sent has either been answered 200, or failed.
   *
   * @param reasons of the first failures
   * @param slowest the longest that an answer took
   * @param byVersion answers by their first line, such as "version 2"
   */
  public record Result(
      int sent,
      int answered,
      int failed,
      List<String> reasons,
      Duration slowest,
      Map<String, Integer> byVersion) {}

  private final Plan plan;
  private final InstantSource clock = RunningClock.startingNow(1);
  private final Instant begun = clock.instant();
  private final Vertx vertx = EventLoop.start();
  private final HttpClient keeping = client(true);
  private final HttpClient closing = client(false);
  private final CompletableFuture<Result> end = new CompletableFuture<>();
  private final List<String> reasons = new ArrayList<>();
  private final Map<String, Integer> byVersion = new TreeMap<>();
  private Duration slowest = Duration.ZERO;
  private boolean stopping;
  private int sent;
  private int sentSlow;
  private int answered;
  private int failed;

  private Load(Plan plan) {
    this.plan = plan;
  }

  /** Requests for {@code /} alone. */
  public static Load start(URI site, int perSecond) {
    return start(new Plan(site, perSecond, 0));
  }

  /** Begins at once, in a thread of its own. */
  public static Load start(Plan plan) {
    Load load = new Load(plan);
    load.vertx.setPeriodic(TICK.toMillis(), timer -> load.tick());
    return load;
  }

  /** Sends no more, waits for the answers to what has been sent, and counts. */
  public Result stop() throws InterruptedException {
    vertx.runOnContext(nothing -> stopping = true);
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load ended by itself", e);
    } finally {
      vertx.close();
    }
  }

  private HttpClient client(boolean keepAlive) {
    return vertx.createHttpClient(
        new HttpClientOptions().setKeepAlive(keepAlive),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Sends what is due by now, however much is still under way. */
  private void tick() {
    if (stopping) {
      if (answered + failed == sent + sentSlow) {
        end.complete(
            new Result(
                sent + sentSlow,
                answered,
                failed,
                List.copyOf(reasons),
                slowest,
                Map.copyOf(byVersion)));
      }
      return;
    }
    double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
    for (; sent < seconds * plan.perSecond(); sent++) {
      send("/", sent);
    }
    for (; sentSlow < seconds * plan.slowPerSecond(); sentSlow++) {
      send("/slow", sentSlow);
    }
  }

  private void send(String path, int number) {
    Instant start = clock.instant();
    RequestOptions options =
        new RequestOptions()
            .setHost(plan.site().getHost())
            .setPort(plan.site().getPort())
            .setURI(path)
            .setIdleTimeout(GIVEN_UP.toMillis());
    HttpClient client = number % 2 == 0 ? keeping : closing;
    client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(response -> response.body().map(body -> new Answer(response.statusCode(), body)))
        .onSuccess(answer -> take(path, answer, Duration.between(start, clock.instant())))
        .onFailure(fault -> fail(path + ": " + fault));
  }

  private record Answer(int status, Buffer body) {
    String firstLine() {
      return body.toString().lines().findFirst().orElse("");
    }
  }

  private void take(String path, Answer answer, Duration took) {
    if (took.compareTo(slowest) > 0) {
      slowest = took;
    }
    if (answer.status() == 200) {
      answered++;
      byVersion.merge(answer.firstLine(), 1, Integer::sum);
    } else {
      fail(path + ": " + answer.status() + " " + answer.firstLine());
    }
  }

  private void fail(String reason) {
    failed++;
    if (reasons.size() < REASONS) {
      reasons.add(reason);
    }
  }
}
