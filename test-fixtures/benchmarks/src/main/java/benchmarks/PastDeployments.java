package benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Writes what many deployments left behind into a local cloud, as its owner. */
final class PastDeployments implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final String DIGEST = "ab".repeat(32);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final URI endpoint;
  private volatile String failure = "";

  PastDeployments(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** The name of a target; the first one's group is there. */
  static String target(int number) {
    return number == 0 ? "mir-riseos" : String.format(Locale.ROOT, "site-%03d", number);
  }

  /** Records of ended deployments whose images are gone, as an earlier version wrote them. */
  void records(int count, int targets) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      String target = target(i % targets);
      String id = String.format(Locale.ROOT, "%s-20250101-000000-%06x", target, i);
      String stage = i % 10 == 0 ? "rolled-back" : i % 10 == 1 ? "rejected" : "deployed";
      String metadata =
          String.format(
              Locale.ROOT,
              "{\"id\": \"%s\", \"target\": \"%s\", \"stage\": \"%s\", \"open\": \"false\","
                  + " \"since\": \"2025-01-01T00:00:00Z\", \"code\": \"healthy\","
                  + " \"sha256\": \"%s\", \"image\": \"%s\"}",
              id,
              target,
              stage,
              DIGEST,
              id);
      String name = "deployments/" + target + "-old-" + i + ".tar.gz/1735689600000000.json";
      object("mir-riseos-records", name, metadata, "{}");
    }
    await();
  }

  /** The states of all targets but the first, as an earlier version wrote them. */
  void states(int targets) throws IOException, InterruptedException {
    for (int i = 1; i < targets; i++) {
      String template = "projects/demo/global/instanceTemplates/" + target(i) + "-1";
      String state =
          String.format(
              Locale.ROOT,
              "{\"schema\": 1, \"owner\": null, \"good\": null, \"groups\":"
                  + " {\"projects/demo/zones/us-west1-a/instanceGroupManagers/%s-group\":"
                  + " {\"lastGood\": \"%s\", \"by\": null, \"written\": [[{\"template\": \"%s\"}]],"
                  + " \"unseen\": false}}, \"held\": []}",
              target(i),
              template,
              template);
      object("mir-riseos-private", "targets/" + target(i) + ".json", "{}", state);
    }
    await();
  }

  /** Images of this tarball, and templates that boot them. */
  void foreign(int count, String source) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      compute(
          "images",
          String.format(
              Locale.ROOT,
              "{\"name\": \"other-%d\", \"rawDisk\": {\"source\": \"%s\"}}",
              i,
              source));
      compute(
          "instanceTemplates",
          String.format(
              Locale.ROOT,
              "{\"name\": \"other-%d\", \"properties\": {\"machineType\": \"e2-micro\","
                  + " \"disks\": [{\"boot\": true, \"initializeParams\":"
                  + " {\"sourceImage\": \"global/images/mir-riseos-1\"}}],"
                  + " \"networkInterfaces\": [{\"network\": \"global/networks/default\"}]}}",
              i));
    }
    await();
  }

  private void compute(String collection, String json) throws InterruptedException {
    URI url = URI.create(endpoint + "/compute/v1/projects/demo/global/" + collection);
    send(HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(json)));
  }

  /** Writes an object with this metadata, and does not wait for it. */
  void object(String bucket, String name, String metadata, String content)
      throws InterruptedException {
    String resource =
        "{\"name\": \""
            + name
            + "\", \"contentType\": \"application/json\", \"metadata\": "
            + metadata
            + "}";
    String body =
        "--part\r\nContent-Type: application/json\r\n\r\n"
            + resource
            + "\r\n--part\r\nContent-Type: application/json\r\n\r\n"
            + content
            + "\r\n--part--";
    URI url =
        URI.create(
            endpoint
                + "/upload/storage/v1/b/"
                + URLEncoder.encode(bucket, StandardCharsets.UTF_8)
                + "/o?uploadType=multipart");
    send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "multipart/related; boundary=part")
            .POST(BodyPublishers.ofString(body)));
  }

  private void send(HttpRequest.Builder request) throws InterruptedException {
    free.acquire();
    client
        .sendAsync(request.build(), BodyHandlers.ofString())
        .whenComplete(
            (answer, lost) -> {
              if (lost != null || answer.statusCode() != 200) {
                failure = lost == null ? answer.body() : lost.toString();
              }
              free.release();
            });
  }

  private void await() throws IOException, InterruptedException {
    free.acquire(AT_ONCE);
    free.release(AT_ONCE);
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    await();
  }
}
