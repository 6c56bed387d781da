package localcloud.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import localcloud.judges.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.artifact.Limits;
import slipway.artifact.Verifier;
import slipway.upload.Upload;

/** The appliance as the tests and the demo use it: built by its program, booted by QEMU. */
class ApplianceTest {
  private static final String BUSYBOX = "target/packages/busybox-static/bin/busybox";

  @TempDir Path home;

  @BeforeEach
  void hasTools() {
    Appliance.assumeTools();
  }

  @Test
  void buildsTheSameBytesAnywhereAndWithAPathThatIsNotRoots() throws Exception {
    Path one = Appliance.tarball(home, "1", "--out", home.resolve("one").toString());
    Program build = Program.at(Appliance.BUILD, home).with("PATH", "/usr/bin:/bin");
    String output = build.succeed("1", "--out", home.resolve("other/place").toString()).output();
    Path other = Path.of(output.strip());

    assertThat(one).isNotEqualTo(other).hasSameBinaryContentAs(other);
    assertThat(Appliance.disk(one)).hasSize(1L << 30);
  }

  @Test
  void passesSlipwaysProof() throws Exception {
    Path tarball = Appliance.tarball(home, "1");
    byte[] bytes = Files.readAllBytes(tarball);
    int crc = Hashing.crc32c().hashBytes(bytes).asInt();
    String crc32c = Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc).array());
    String name = tarball.getFileName().toString();
    Upload upload =
        new Upload("uploads", name, 1, Instant.EPOCH, bytes.length, crc32c, null, Map.of());

    try (InputStream stream = Files.newInputStream(tarball)) {
      assertThat(new Verifier(new Limits(1, () -> false)).verify(upload, stream).diskGib())
          .isEqualTo(1);
    }
  }

  @Test
  void bootsServesAndObeysItsPowerButton() throws Exception {
    try (Emulator machine = boot("1")) {
      machine.awaitConsole("appliance: serving version 1 on port 80");

      assertThat(machine.get("/").body()).isEqualTo("version 1\n");
      assertThat(machine.get("/healthz").body()).isEqualTo("ok\n");
      HttpResponse<String> slow = machine.get("/slow");
      assertThat(slow.statusCode()).isEqualTo(200);
      assertThat(slow.body()).isEqualTo("version 1\n");
      assertThat(machine.console())
          .containsSubsequence(
              "booting version 1", "asking for an address", "address 10.0.2.15/24");
      machine.pressPowerButton();
      machine.awaitOff();
      assertThat(machine.console()).contains("appliance: powering off");
    }
  }

  @Test
  void anUnhealthyOneServesAllButItsHealth() throws Exception {
    try (Emulator machine = boot("3", "--unhealthy")) {
      machine.awaitConsole("appliance: serving version 3 on port 80");

      assertThat(machine.get("/healthz").statusCode()).isEqualTo(503);
      assertThat(machine.get("/").body()).isEqualTo("version 3\n");
    }
  }

  @Test
  void aCrashTellsOfItself() throws Exception {
    try (Emulator machine = boot("4", "--crash-at-boot")) {
      machine.awaitOff();

      assertThat(machine.console())
          .contains("appliance: crashing, as it was built to", "Kernel panic - not syncing")
          .doesNotContain("appliance: serving");
    }
  }

  @Test
  void aSlowBootWaitsBeforeItServes() throws Exception {
    try (Emulator machine = boot("5", "--slow-boot", "2")) {
      machine.awaitConsole("appliance: serving version 5 on port 80");

      assertThat(machine.console())
          .containsSubsequence("waiting 2 s, as it was built to", "serving version 5");
    }
  }

  /** And on Compute Engine's it does not: {@code UnreachableMachineTest} has the same disk. */
  @Test
  void oneOfItsSubnetAloneServesOnQemusNetwork() throws Exception {
    try (Emulator machine = boot("8", "--subnet-only")) {
      machine.awaitConsole("appliance: serving version 8 on port 80");

      assertThat(machine.get("/healthz").body()).isEqualTo("ok\n");
    }
  }

  @Test
  void oneThatDiesServesBefore() throws Exception {
    try (Emulator machine = boot("6", "--dies-after", "3")) {
      machine.awaitConsole("appliance: serving version 6 on port 80");
      assertThat(machine.get("/healthz").statusCode()).isEqualTo(200);

      machine.awaitOff();
      assertThat(machine.console()).contains("dying after 3 s, as it was built to");
    }
  }

  /** Compute Engine leases a /32, with a gateway outside of it and its routes by RFC 3442. */
  @Test
  void takesALeaseAsComputeEngineGivesIt() throws Exception {
    Program namespace = Program.named("unshare", home);
    Assumptions.assumeTrue(
        namespace.run("-rn", "true").status() == 0,
        "Skipped: no network namespace can be made without being root");
    Appliance.tarball(home, "1");
    String busybox = Appliance.BUILD.resolveSibling(BUSYBOX).toString();
    String lease = Appliance.BUILD.resolveSibling("root/etc/lease").toString();
    String commands =
        """
        ln -s "$0" ip && PATH=$PWD:$PATH && ip link set lo up
        export interface=lo ip=10.128.0.5 mask=32 router=10.128.0.1 mtu=1460
        sh "$1" bound && ip route show && ip route flush table main
        export staticroutes="10.128.0.1/32 0.0.0.0 0.0.0.0/0 10.128.0.1"
        sh "$1" bound && ip route show && ip addr show dev lo
        """;

    assertThat(namespace.succeed("-rn", "sh", "-ec", commands, busybox, lease).output())
        .containsSubsequence(
            "routes none, MTU 1460",
            "default via 10.128.0.1 dev lo onlink",
            "routes 10.128.0.1/32 0.0.0.0 0.0.0.0/0 10.128.0.1",
            "default via 10.128.0.1 dev lo onlink",
            "10.128.0.1 dev lo scope link",
            "mtu 1460",
            "inet 10.128.0.5/32");
  }

  private Emulator boot(String... options) throws Exception {
    return new Emulator(Appliance.disk(Appliance.tarball(home, options)), home);
  }
}
