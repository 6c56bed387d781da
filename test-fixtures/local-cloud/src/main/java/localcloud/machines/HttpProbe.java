package localcloud.machines;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import localcloud.eventloop.EventLoop;
import localcloud.world.instances.Machine.Reply;

/**
 * Asks one question of an HTTP health check, as Google's probers do: a new connection, GET, and
 * within {@code timeoutSec} a whole answer with status 200 and, if the check says so, a text in its
 * body. A connection alone proves nothing: QEMU's user networking takes it also when the guest has
 * no TCP.
 */
public final class HttpProbe implements AutoCloseable {
  /** "within the first 1024 bytes of the HTTP response body": HTTPHealthCheck.response. */
  private static final int SEARCHED = 1024;

  private static final int OK = 200;
  private static final int AT_ONCE = 1000;

  private final Vertx vertx = EventLoop.start();

  /** Not the JDK's: it keeps the Host header to itself, and takes half an answer for a whole. */
  private final HttpClient client =
      vertx
          .httpClientBuilder()
          .with(new HttpClientOptions().setKeepAlive(false))
          .with(new PoolOptions().setHttp1MaxSize(AT_ONCE))
          // What breaks is told to whoever asks, and need not be logged besides.
          .withConnectHandler(connection -> connection.exceptionHandler(fault -> {}))
          .build();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "health probe");
            thread.setDaemon(true);
            return thread;
          });

  /** Where what follows on a reply may wait, as it may not in the thread that brings replies. */
  Executor threads() {
    return threads;
  }

  /** Replies at {@code timeoutSec} at the latest, in the system's time. */
  public CompletionStage<Reply> ask(HealthCheck check, InetSocketAddress address) {
    Future<HttpClientRequest> request = client.request(options(check, address));
    String wanted = check.getHttpHealthCheck().getResponse();
    return request
        .compose(HttpClientRequest::send)
        .compose(answer -> reply(answer, wanted))
        .otherwise(fault -> fault instanceof ConnectException ? Reply.NONE : Reply.BAD)
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(Reply.NONE, check.getTimeoutSec(), TimeUnit.SECONDS)
        .whenComplete((reply, fault) -> request.onSuccess(HttpClientRequest::reset));
  }

  private static RequestOptions options(HealthCheck check, InetSocketAddress address) {
    HTTPHealthCheck http = check.getHttpHealthCheck();
    RequestOptions options =
        new RequestOptions()
            .setHost(address.getAddress().getHostAddress())
            .setPort(address.getPort())
            .setURI(http.getRequestPath())
            .setConnectTimeout(TimeUnit.SECONDS.toMillis(check.getTimeoutSec()))
            .putHeader(HttpHeaders.USER_AGENT, "GoogleHC/1.0");
    return http.getHost().isEmpty() ? options : options.putHeader(HttpHeaders.HOST, http.getHost());
  }

  /** Reads to the end, and keeps no more of it than is searched. */
  private static Future<Reply> reply(HttpClientResponse answer, String wanted) {
    StringBuilder start = new StringBuilder();
    Promise<Reply> reply = Promise.promise();
    answer.handler(
        part -> {
          int left = Math.min(SEARCHED - start.length(), part.length());
          start.append(part.getString(0, left, StandardCharsets.ISO_8859_1.name()));
        });
    answer.exceptionHandler(reply::tryFail);
    answer.endHandler(
        end ->
            reply.tryComplete(
                answer.statusCode() == OK && start.indexOf(wanted) >= 0 ? Reply.GOOD : Reply.BAD));
    return reply.future();
  }

  /** Questions that are open get no reply but in their time. */
  @Override
  public void close() {
    vertx.close();
    threads.shutdown();
  }
}
