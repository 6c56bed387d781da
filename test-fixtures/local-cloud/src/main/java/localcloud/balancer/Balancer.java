package localcloud.balancer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import localcloud.clock.RunningClock;
import localcloud.eventloop.EventLoop;
import localcloud.world.World;
import localcloud.world.backends.Rotation;

/**
 * The load balancer: one port in front of the instances that the world says are healthy and not
 * being drained, each request to the next of them. It never sends a request twice, so what one
 * instance loses is lost. HTTP/1.1 only; loopback only.
 */
public final class Balancer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Open connections to one instance at most; further requests wait for one. QEMU lets only two
   * connections wait to be taken (slirp listens with a backlog of 1): with more at once, some of a
   * busy machine's hang for half a minute.
   */
  private static final int CONNECTIONS = 24;

  /** Shorter than any server behind it keeps an idle connection, so that none closes in use. */
  private static final int IDLE_SECONDS = 10;

  private static final long CLOSE_SECONDS = 5;
  private static final String SERVING = "serving";
  private static final String ANSWERED = "answered";
  private static final String DEADLINE = "deadline";
  private static final String BEGUN = "begun";

  private final Vertx vertx;
  private final HttpServer server;
  private final Traffic traffic;

  /** Requests take the system's time, however fast the cloud's runs. */
  private final InstantSource system = RunningClock.startingNow(1);

  private final AtomicInteger turn = new AtomicInteger();
  private volatile Rotation rotation = Rotation.NONE;

  private Balancer(InstantSource clock) {
    traffic = new Traffic(clock);
    vertx = EventLoop.start();
    server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
  }

  /**
   * Takes connections on return.
   *
   * @param port 0 takes a free one
   * @param clock the time that the traffic is counted by
   * @throws IOException if the port is in use; the message names it, its option and what to do
   */
  public static Balancer start(World world, int port, InstantSource clock)
      throws IOException, InterruptedException {
    Balancer balancer = start(port, clock);
    world.balanceBy(balancer::take);
    return balancer;
  }

  /** Has no instances before it is told of some. */
  static Balancer start(int port, InstantSource clock) throws IOException, InterruptedException {
    Balancer balancer = new Balancer(clock);
    try {
      balancer.listen(port);
    } catch (IOException e) {
      balancer.close();
      throw e;
    }
    return balancer;
  }

  void take(Rotation told) {
    rotation = told;
  }

  private void listen(int port) throws IOException, InterruptedException {
    HttpProxy proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client());
    proxy.origin(this::connect);
    proxy.addInterceptor(new Turns());
    try {
      server.connectionHandler(Balancer::quiet).requestHandler(proxy);
      server.listen(port, LOOPBACK).toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindException) {
        String message =
            "Port %d (--balancer-port) is in use on 127.0.0.1: stop the program that holds it, or"
                + " choose another with --balancer-port N (0 takes a free one)";
        throw new IOException(String.format(Locale.ROOT, message, port), e);
      }
      throw new IOException("the load balancer cannot listen", e.getCause());
    }
  }

  private HttpClient client() {
    return vertx
        .httpClientBuilder()
        .with(new HttpClientOptions().setKeepAliveTimeout(IDLE_SECONDS))
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
        .withConnectHandler(Balancer::quiet)
        .build();
  }

  /** Whoever waits for an answer on a connection that breaks is told; nobody else need be. */
  private static void quiet(HttpConnection connection) {
    connection.exceptionHandler(fault -> {});
  }

  public int port() {
    return server.actualPort();
  }

  public Traffic traffic() {
    return traffic;
  }

  /** Cuts off whoever is still connected. */
  @Override
  public void close() throws InterruptedException, IOException {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the load balancer did not stop", e);
    }
  }

  private Optional<Rotation.Serving> next() {
    List<Rotation.Serving> serving = rotation.serving();
    return serving.isEmpty()
        ? Optional.empty()
        : Optional.of(serving.get(Math.floorMod(turn.getAndIncrement(), serving.size())));
  }

  private Future<HttpClientRequest> connect(ProxyContext context) {
    Rotation.Serving serving = context.get(SERVING, Rotation.Serving.class);
    InetSocketAddress address = serving.address();
    return context
        .client()
        .request(
            new RequestOptions()
                .setHost(address.getHostString())
                .setPort(address.getPort())
                // Whoever waits for a connection waits as long as for an answer.
                .setConnectTimeout(rotation.timeout().toMillis()))
        .onSuccess(context.get(DEADLINE, Deadline.class)::limits);
  }

  /** Gives each request to the next instance, and counts how it ends. */
  private final class Turns implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      context.set(BEGUN, system.instant());
      Optional<Rotation.Serving> next = next();
      if (next.isEmpty()) {
        return Future.succeededFuture(refusal(context, 503, "no healthy upstream"));
      }
      context.set(SERVING, next.get());
      context.set(DEADLINE, new Deadline(vertx, rotation.timeout()));
      return context
          .sendRequest()
          .onSuccess(answer -> context.set(ANSWERED, answer.getStatusCode() < 500))
          .otherwise(fault -> noAnswer(context));
    }

    private ProxyResponse noAnswer(ProxyContext context) {
      return context.get(DEADLINE, Deadline.class).hasPassed()
          ? refusal(context, 504, "upstream request timeout")
          : refusal(context, 502, "upstream connect error or disconnect/reset before headers");
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      boolean well = Boolean.TRUE.equals(context.get(ANSWERED, Boolean.class));
      return context
          .sendResponse()
          .onComplete(
              sent -> {
                Optional.ofNullable(context.get(DEADLINE, Deadline.class))
                    .ifPresent(Deadline::lift);
                Instant begun = context.get(BEGUN, Instant.class);
                Duration took = Duration.between(begun, system.instant());
                if (well && sent.succeeded()) {
                  traffic.answered(context.get(SERVING, Rotation.Serving.class).version(), took);
                } else {
                  traffic.failed(took);
                }
              });
    }

    private ProxyResponse refusal(ProxyContext context, int status, String text) {
      return context
          .request()
          .release()
          .response()
          .setStatusCode(status)
          .setBody(Body.body(Buffer.buffer(text)));
    }
  }
}
