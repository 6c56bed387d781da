package localcloud.balancer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of the time that one request has for its whole answer; all in the balancer's thread. */
final class Deadline {
  private final Vertx vertx;
  private final long timer;
  private @Nullable HttpClientRequest limited;
  private boolean passed;

  Deadline(Vertx vertx, Duration after) {
    this.vertx = vertx;
    this.timer = vertx.setTimer(after.toMillis(), now -> pass());
  }

  private void pass() {
    passed = true;
    if (limited != null) {
      limited.reset();
    }
  }

  /** From now on it breaks this request off when it passes. */
  void limits(HttpClientRequest request) {
    limited = request;
    if (passed) {
      request.reset();
    }
  }

  boolean hasPassed() {
    return passed;
  }

  /** All has been answered. */
  void lift() {
    vertx.cancelTimer(timer);
  }
}
