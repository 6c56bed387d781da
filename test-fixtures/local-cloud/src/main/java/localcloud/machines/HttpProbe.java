package localcloud.machines;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import localcloud.world.instances.Machine.Reply;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.impl.NoConnectionReuseStrategy;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

/**
 * Asks one question of an HTTP health check, as Google's probers do: a new connection, GET, and
 * within {@code timeoutSec} a whole answer with status 200 and, if the check says so, a text in its
 * body. A connection alone proves nothing: QEMU's user networking takes it also when the guest has
 * no TCP.
 */
public final class HttpProbe {
  /** "within the first 1024 bytes of the HTTP response body": HTTPHealthCheck.response. */
  private static final int SEARCHED = 1024;

  private static final int AT_ONCE = 1000;

  private final CloseableHttpClient client =
      HttpClients.custom()
          .setUserAgent("GoogleHC/1.0")
          .setConnectionReuseStrategy(NoConnectionReuseStrategy.INSTANCE)
          .setMaxConnTotal(AT_ONCE)
          .setMaxConnPerRoute(AT_ONCE)
          .disableAutomaticRetries()
          .disableContentCompression()
          .disableCookieManagement()
          .disableRedirectHandling()
          .build();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "health probe");
            thread.setDaemon(true);
            return thread;
          });

  /** Where its questions wait for their replies. */
  Executor threads() {
    return threads;
  }

  /** Replies at {@code timeoutSec} at the latest, in the system's time. */
  public CompletionStage<Reply> ask(HealthCheck check, InetSocketAddress address) {
    HttpGet request = request(check, address);
    String wanted = check.getHttpHealthCheck().getResponse();
    return CompletableFuture.supplyAsync(() -> reply(request, wanted), threads)
        .completeOnTimeout(Reply.NONE, check.getTimeoutSec(), TimeUnit.SECONDS)
        .whenComplete((reply, fault) -> request.abort());
  }

  private static HttpGet request(HealthCheck check, InetSocketAddress address) {
    HTTPHealthCheck http = check.getHttpHealthCheck();
    String authority = address.getAddress().getHostAddress() + ":" + address.getPort();
    HttpGet request = new HttpGet("http://" + authority + http.getRequestPath());
    int millis = (int) TimeUnit.SECONDS.toMillis(check.getTimeoutSec());
    request.setConfig(
        RequestConfig.custom().setConnectTimeout(millis).setSocketTimeout(millis).build());
    request.setHeader("Connection", "close");
    if (!http.getHost().isEmpty()) {
      request.setHeader("Host", http.getHost());
    }
    return request;
  }

  private Reply reply(HttpGet request, String wanted) {
    try (CloseableHttpResponse answer = client.execute(request)) {
      if (answer.getStatusLine().getStatusCode() != HttpStatus.SC_OK) {
        return Reply.BAD;
      }
      InputStream body = answer.getEntity().getContent();
      String start = new String(body.readNBytes(SEARCHED), StandardCharsets.ISO_8859_1);
      body.transferTo(OutputStream.nullOutputStream());
      return start.contains(wanted) ? Reply.GOOD : Reply.BAD;
    } catch (ConnectException | ConnectTimeoutException | SocketTimeoutException e) {
      return Reply.NONE;
    } catch (IOException e) {
      return Reply.BAD;
    }
  }
}
