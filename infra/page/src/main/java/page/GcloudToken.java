package page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The token of whoever is logged in to gcloud. It is kept in memory alone, and asked for again
 * while it still holds: what {@code gcloud auth print-access-token} prints is good for five minutes
 * at least ({@code _CREDENTIALS_EXPIRY_WINDOW} in googlecloudsdk/core/credentials/store.py,
 * 528.0.0).
 */
final class GcloudToken implements Token {
  private static final Duration GOOD_FOR = Duration.ofMinutes(4);

  private final String account;
  private final InstantSource clock;
  private String value = "";
  private Instant until = Instant.EPOCH;

  /** Takes whose login it is, to tell who lacks a permission. */
  GcloudToken(String account, InstantSource clock) {
    this.account = account;
    this.clock = clock;
  }

  @Override
  public synchronized String value() throws IOException, InterruptedException {
    if (!clock.instant().isBefore(until)) {
      value = printed();
      until = clock.instant().plus(GOOD_FOR);
    }
    return value;
  }

  @Override
  public synchronized void renew() {
    until = Instant.EPOCH;
  }

  @Override
  public String account() {
    return account;
  }

  private static String printed() throws IOException, InterruptedException {
    Process gcloud;
    try {
      gcloud = new ProcessBuilder("gcloud", "auth", "print-access-token").start();
    } catch (IOException missing) {
      throw new IOException(
          "gcloud is missing; install it: https://cloud.google.com/sdk/docs/install", missing);
    }
    gcloud.getOutputStream().close();
    String token = new String(gcloud.getInputStream().readAllBytes(), UTF_8).strip();
    String errors = new String(gcloud.getErrorStream().readAllBytes(), UTF_8).strip();
    if (gcloud.waitFor() != 0 || token.isEmpty()) {
      throw new IOException("gcloud has no login, run gcloud auth login: " + errors);
    }
    return token;
  }
}
