package localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import localcloud.clock.ManualClock;
import localcloud.http.ApiServer.Ports;
import localcloud.machines.SimulatedMachines;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it refuses; that it works is shown where an autoscaler follows it. */
class DemandRouteTest {
  private static final String GROUP = "projects/demo/zones/us-west1-a/instanceGroupManagers/none";
  @TempDir Path folder;
  private final UnknownRoutes unknown = new UnknownRoutes();
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    Site site = new Site("demo", clock, folder, new Disks(folder), Runnable::run);
    World world = new World(site, new SimulatedMachines(clock), Pace.usual());
    server =
        ApiServer.start(
            new Ports(0, 0),
            Certificate.in(folder.resolve("tls")),
            Map.of("/_local/demand", new DemandRoute(world)),
            unknown);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    String found = "found {\"group\": 1}";
    assertThat(put("{\"group\": 1}").body()).contains("Expected {", found.replace("\"", "\\\""));
    HttpResponse<String> negative = put("{\"group\": \"" + GROUP + "\", \"vcpus\": -1}");
    assertThat(negative.statusCode()).isEqualTo(400);
    assertThat(negative.body()).contains("vcpus", "-1");
    HttpResponse<String> nobody = put("{\"group\": \"" + GROUP + "\", \"vcpus\": 1}");
    assertThat(nobody.statusCode()).isEqualTo(404);
    assertThat(nobody.body()).contains(GROUP);
  }

  @Test
  void isOnlyPut() throws Exception {
    HttpResponse<String> read = send(request().GET());
    assertThat(read.statusCode()).isEqualTo(501);
    assertThat(unknown.asked()).hasSize(1);
  }

  private HttpResponse<String> put(String body) throws Exception {
    return send(request().PUT(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.ports().http() + "/_local/demand"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
