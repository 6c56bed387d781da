package slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.events.FunctionInstances;
import localcloud.judges.Program;
import localcloud.ports.LoopbackServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.gcp.MetadataToken;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * The jar that is deployed: what stands in it, and that nothing is missing from it. Its own process
 * has no other class than the framework's, where the other tests have Maven's.
 */
class JarTest {
  private static final Path JAR = Path.of("../../function/target/deployment/slipway.jar");

  /** What only gRPC, metrics, XML uploads and other HTTP clients load. Of gRPC, its API is used. */
  private static final Pattern UNUSED =
      Pattern.compile(
          "META-INF/native/.+|io/grpc/.+/.+|io/netty/.+|org/conscrypt/.+"
              + "|io/opentelemetry/(sdk|exporter|contrib|semconv)/.+|com/google/monitoring/.+"
              + "|com/google/cloud/(opentelemetry|monitoring|grpc)/.+"
              + "|com/fasterxml/jackson/(databind|dataformat|datatype|annotation)/.+"
              + "|com/ctc/wstx/.+|org/codehaus/stax2/.+|org/apache/http/.+");

  /**
   * The other ends of Google's clients: what stands here alone may refer to what is not in the jar.
   */
  private static final Pattern IDLE =
      Pattern.compile(
          "com.google.longrunning.stub.Grpc.+|org.apache.commons.compress.(?!.+TarUtils).+"
              + "|com.google.api.client.(extensions.appengine|googleapis.apache|http.apache|testing)[.].+"
              + "|com.google.api.gax.(grpc|nativeimage)[.].+"
              + "|com.google.cloud.storage.(Grpc|OpenTelemetryBoot|Multipart|multipart|Xml).+"
              + "|com.google.cloud.storage.(\\w+WriteSessionConfig|BlobAppendableUploadConfig).*");

  private static final String REGION = "regions/us-west1/instanceGroupManagers";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 5, "keep": 1, "maxSurge": "3",
        "canary": {"size": "1", "soakSeconds": 1}, "progressDeadlineSeconds": 300,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group",
          "projects/demo/regions/us-west1/instanceGroupManagers/over-zones"]}}
      """;

  @TempDir Path folder;

  @Test
  void holdsWhatRestUsesAndNotMuchMore() throws IOException {
    try (Stream<Path> files = Files.list(JAR.getParent());
        ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(files).containsExactly(JAR);
      List<String> entries = jar.stream().map(ZipEntry::getName).toList();
      assertThat(entries.stream().filter(UNUSED.asMatchPredicate())).isEmpty();
      assertThat(entries.size()).isBetween(10_000, 12_500);
    }
    assertThat(Files.size(JAR)).isLessThan(21_000_000);
  }

  /** An error's path is not walked below, and must not end in a class that is not found. */
  @Test
  void refersToNothingThatIsMissing() throws IOException {
    Path found = folder.resolve("references");
    try (PrintStream out = new PrintStream(found.toFile(), UTF_8)) {
      ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
      String how = "--multi-release 17 -verbose:class ";
      assertThat(jdeps.run(out, System.err, (how + JAR).split(" ", -1))).isZero();
    }
    // Lines such as "   a.Class   -> b.Class   not found"; the framework is the platform's.
    try (Stream<String> lines = Files.lines(found)) {
      assertThat(lines.filter(line -> line.startsWith(" ") && line.endsWith("not found")))
          .isNotEmpty()
          .map(line -> line.strip().split("[ >-]+"))
          .filteredOn(words -> !words[1].matches("com.google.cloud.functions.+|io.cloudevents.+"))
          .extracting(words -> words[0])
          .allMatch(IDLE.asMatchPredicate());
    }
  }

  @Test
  void deploysByEveryPath() throws Exception {
    try (SeededCloud cloud = new SeededCloud(folder)) {
      regionalGroup(cloud);
      FunctionInstances today = cloud.invoker("invoker-1.4.jar", Map.of("TARGETS", TARGETS));

      JsonObject first = deploy(cloud, today, SimulatedDisk.healthy("2"));
      JsonObject second = deploy(cloud, today, SimulatedDisk.healthy("3"));
      assertThat(List.of(stage(first), stage(second))).containsOnly("deployed");
      assertThat(first.getAsJsonArray("groups")).hasSize(2);

      JsonObject bad = deploy(cloud, today, SimulatedDisk.healthy("4").unhealthy());
      assertThat(stage(bad)).isEqualTo("rolled-back");
      assertThat(bad.getAsJsonObject("verdict").getAsJsonArray("consoles")).isNotEmpty();

      prune(cloud, first.get("id").getAsString());
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  /** Deploys a day later, and once more if the image was still in use when it was last pruned. */
  private static void prune(SeededCloud cloud, String image) throws Exception {
    for (int day = 1; images(cloud).contains(image); day++) {
      assertThat(day).isLessThan(4);
      Map<String, String> later = Map.of("TARGETS", TARGETS, "CLOUD_CLOCK", later(cloud, day));
      JsonObject record =
          deploy(
              cloud,
              cloud.invoker("invoker-2.0.jar", later),
              SimulatedDisk.healthy(Integer.toString(4 + day)));
      assertThat(stage(record)).isEqualTo("deployed");
    }
  }

  /** What the local cloud needs no token for: Google's clients ask the platform for one. */
  @Test
  void asksTheMetadataServerForItsToken() throws Exception {
    HttpServer metadata = LoopbackServers.http(0);
    byte[] token = "{\"access_token\":\"secret\",\"expires_in\":3599}".getBytes(UTF_8);
    metadata.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    metadata.start();
    try {
      Program java =
          Program.at(Path.of(System.getProperty("java.home"), "bin/java"), folder)
              .with("GCE_METADATA_HOST", "127.0.0.1:" + metadata.getAddress().getPort());
      Path tests = Path.of("target/test-classes").toAbsolutePath();
      String classes = JAR.toAbsolutePath() + ":" + tests;

      assertThat(java.succeed("-cp", classes, MetadataToken.class.getName()).output())
          .isEqualTo("secret");
    } finally {
      metadata.stop(0);
    }
  }

  private static JsonObject deploy(
      SeededCloud cloud, FunctionInstances function, SimulatedDisk disk) throws Exception {
    String object = "mir-riseos-" + disk.version() + ".tar.gz";
    FinalizeEvent event = cloud.upload(object, Kind.SPARSE, disk);
    do {
      function.post(Deliveries.present(cloud, event));
    } while (cloud.record(event).get("finishedAt").isJsonNull());
    return cloud.record(event);
  }

  private static void regionalGroup(SeededCloud cloud) throws Exception {
    cloud.create(
        REGION,
        """
        {"name": "over-zones", "baseInstanceName": "site", "targetSize": 3,
         "instanceTemplate": "projects/demo/global/instanceTemplates/mir-riseos-1",
         "autoHealingPolicies": [{"initialDelaySec": 60,
           "healthCheck": "projects/demo/global/healthChecks/mir-riseos-health"}]}
        """);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                cloud
                    .compute(REGION + "/over-zones")
                    .getAsJsonObject("status")
                    .get("isStable")
                    .getAsBoolean());
  }

  /** A clock that runs like the cloud's, days and hours ahead. */
  private static String later(SeededCloud cloud, int days) {
    String[] setting = cloud.clock().setting().split("@", 2);
    return Instant.parse(setting[0]).plus(Duration.ofHours(25L * days)) + "@" + setting[1];
  }

  private static List<String> images(SeededCloud cloud) throws Exception {
    return cloud.compute("global/images").getAsJsonArray("items").asList().stream()
        .map(image -> image.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private static String stage(JsonObject record) {
    return record.get("stage").getAsString();
  }
}
