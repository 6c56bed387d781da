package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import localcloud.http.ComputeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code gcloud compute backend-services} judges the local cloud. */
class BackendJudgesTest {
  private static final String SERVICE = "mir-riseos-backend";
  private static final String GROUP = "mir-riseos-group";
  private static final String ZONE = "--zone=us-west1-a";
  private static final String[] MEMBER = {
    "--instance-group=" + GROUP, "--instance-group-zone=us-west1-a"
  };
  @TempDir Path folder;
  private ComputeServer server;
  private Gcloud gcloud;

  @BeforeEach
  void aGroupOfTwoAndACheck() throws Exception {
    server = new ComputeServer(folder, 100);
    gcloud = new Gcloud(Files.createDirectory(folder.resolve("gcloud")), server.url());
    String source = server.disks().uploadSimulated("riseos-1", "{\"version\":\"1\"}");
    gcloud.compute("images", "create", "riseos-1", "--source-uri=" + source);
    gcloud.compute(
        "instance-templates", "create", "riseos-1", "--image=riseos-1", "--machine-type=f1-micro");
    gcloud.compute("health-checks", "create", "http", "riseos", "--port=80");
    gcloud.compute(
        "instance-groups", "managed", "create", GROUP, ZONE, "--template=riseos-1", "--size=2");
  }

  @AfterEach
  void asksForNothingThatIsNotThere() {
    try {
      assertThat(server.unknown().asked()).isEmpty();
    } finally {
      server.close();
    }
  }

  @Test
  void createsJudgesAndDeletes() throws Exception {
    gcloud.compute(
        "instance-groups", "set-named-ports", GROUP, ZONE, "--named-ports=http:80,admin:8081");
    assertThat(gcloud.compute("instance-groups", "get-named-ports", GROUP, ZONE))
        .containsPattern("admin +8081")
        .containsPattern("http +80");
    service(
        "create",
        "--health-checks=riseos",
        "--protocol=HTTP",
        "--port-name=admin",
        "--load-balancing-scheme=EXTERNAL_MANAGED",
        "--connection-draining-timeout=60");
    service("add-backend", MEMBER);
    assertThat(service("describe"))
        .contains("drainingTimeoutSec: 60", "instanceGroups/" + GROUP, "portName: admin")
        .contains("healthChecks/riseos", "kind: compute#backendService", "timeoutSec: 30");
    assertThat(gcloud.compute("backend-services", "list"))
        .containsPattern(SERVICE + " +us-west1-a/instanceGroups/" + GROUP + " +HTTP");
    await().atMost(Duration.ofMinutes(1)).until(() -> count("HEALTHY") == 2);
    assertThat(service("get-health"))
        .contains("kind: compute#backendServiceGroupHealth", "port: 8081", "ipAddress: 10.138.");

    service("update", "--connection-draining-timeout=5", "--timeout=20");
    assertThat(service("describe")).contains("drainingTimeoutSec: 5", "timeoutSec: 20");
    Program.Result used = gcloud.run("instance-groups", "managed", "delete", GROUP, ZONE);
    assertThat(used.errors()).contains("is already being used by", SERVICE);
    service("remove-backend", MEMBER);
    assertThat(service("describe")).doesNotContain("instanceGroups/");
    service("delete");
    assertThat(gcloud.compute("backend-services", "list")).isEmpty();
    gcloud.compute("instance-groups", "managed", "delete", GROUP, ZONE);
  }

  private long count(String state) throws IOException, InterruptedException {
    return service("get-health")
        .lines()
        .filter(line -> line.strip().endsWith("healthState: " + state))
        .count();
  }

  private String service(String verb, String... flags) throws IOException, InterruptedException {
    return gcloud.compute(
        Stream.concat(
                Stream.of("backend-services", verb, SERVICE, "--global"), Arrays.stream(flags))
            .toArray(String[]::new));
  }
}
