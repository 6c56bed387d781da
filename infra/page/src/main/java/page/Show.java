package page;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import page.Settings.Buckets;
import page.Settings.Endpoints;

/** Shows a project's page on this machine; {@code infra/page/show} starts it. */
public final class Show {
  private static final int CALLS_PER_MINUTE = 30;
  private static final int LOOK_MILLIS = 200;

  private Show() {}

  /**
   * Serves until it is ended.
   *
   * @param words project, uploads, records and private bucket, function, account and port
   */
  public static void main(String[] words) throws InterruptedException {
    int port = Integer.parseInt(words[6]);
    InstantSource clock = InstantSource.system();
    PageServer page;
    try {
      page = PageServer.start(port, settings(words, System.getenv(), clock));
    } catch (IOException taken) {
      System.err.printf(
          Locale.ROOT,
          "show: port %d of 127.0.0.1 is in use; choose another with --port N, 0 takes a free one%n",
          port);
      System.exit(1);
      return;
    }
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    looks.scheduleWithFixedDelay(page::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    System.out.printf(
        Locale.ROOT,
        "The page of %s: http://127.0.0.1:%d/ (Ctrl-C ends it)%n",
        words[0],
        page.port());
    new CountDownLatch(1).await();
  }

  /** The APIs are Google's, or where gcloud is told by the same variables to look for them. */
  static Settings settings(String[] words, Map<String, String> environment, InstantSource clock) {
    Endpoints endpoints =
        new Endpoints(
            endpoint(environment, "STORAGE", "https://storage.googleapis.com/storage/v1"),
            endpoint(environment, "COMPUTE", "https://compute.googleapis.com/compute/v1"),
            endpoint(environment, "LOGGING", "https://logging.googleapis.com"),
            endpoint(environment, "MONITORING", "https://monitoring.googleapis.com"),
            "");
    return new Settings(
        "Google Cloud",
        words[0],
        new Buckets(words[1], words[2], words[3]),
        endpoints,
        words[4],
        1,
        CALLS_PER_MINUTE,
        new GcloudToken(words[5], clock),
        clock);
  }

  private static String endpoint(Map<String, String> environment, String api, String google) {
    String told = environment.get("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api);
    return told == null ? google : told.replaceFirst("/$", "");
  }
}
