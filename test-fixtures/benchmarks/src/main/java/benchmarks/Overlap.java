package benchmarks;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import localcloud.http.StorageCloud;

/** Whether the proof goes on while the download does: over a line as fast as the proof itself. */
final class Overlap {
  private static final String ROUNDS = "3";

  private Overlap() {}

  /** A sentence with the three times. */
  static String measure(Path file, Setting setting) throws IOException, InterruptedException {
    setting.out().println("  beside the download");
    Process cloud =
        new ProcessBuilder(
                Child.command(
                    List.of("-Dsun.net.httpserver.nodelay=true"),
                    StorageCloud.class,
                    setting.scratch().resolve("cloud").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = cloud.inputReader(StandardCharsets.UTF_8)) {
      URI address = URI.create(lines.readLine());
      long generation = upload(address, file);
      double unhindered = measured(file, address.getPort(), generation, "1").median("proof");
      double bytesPerSecond = Files.size(file) / unhindered;
      try (Relay line = Relay.start(address.getPort(), bytesPerSecond)) {
        String rounds = setting.quick() ? "1" : ROUNDS;
        return sentence(measured(file, line.port(), generation, rounds));
      }
    } finally {
      cloud.destroy();
      cloud.waitFor();
    }
  }

  private static String sentence(Measured found) {
    double download = found.median("download");
    double proof = found.median("proof");
    Spread both = found.of("both");
    return String.format(
        Locale.ROOT,
        "Over a line as fast as the proof the download of that tarball takes %.2f s, the proof from"
            + " a file %.2f s, and the proof from the bucket, with the function's own reader, %s:"
            + " %.2f times the longer one, where one after the other would be %.2f.",
        download,
        proof,
        both.text("s"),
        both.median() / Math.max(download, proof),
        (download + proof) / Math.max(download, proof));
  }

  private static Measured measured(Path file, int port, long generation, String rounds)
      throws IOException, InterruptedException {
    return Child.measured(
        Child.command(
            List.of("-Xmx64m", "-XX:+UseSerialGC"),
            DownloadProcess.class,
            file.toString(),
            "http://localhost:" + port,
            StorageCloud.BUCKET,
            Long.toString(generation),
            rounds));
  }

  private static long upload(URI cloud, Path file) throws IOException, InterruptedException {
    URI object =
        cloud.resolve(
            "/upload/storage/v1/b/"
                + StorageCloud.BUCKET
                + "/o?uploadType=media&name="
                + file.getFileName());
    HttpRequest request =
        HttpRequest.newBuilder(object).POST(HttpRequest.BodyPublishers.ofFile(file)).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the local cloud refused " + file.getFileName() + ": " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("generation").getAsLong();
  }
}
