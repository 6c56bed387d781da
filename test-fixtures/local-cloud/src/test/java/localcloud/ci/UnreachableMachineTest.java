package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import localcloud.appliance.Appliance;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What boot-check says of machines that run, and that nobody can reach. */
class UnreachableMachineTest {
  @TempDir Path home;

  @BeforeEach
  void hasTools() {
    Appliance.assumeTools();
  }

  /** The first bug of the 2016 write-up: the virtio driver sent, and heard nothing. */
  @Test
  void namesAMissingLease() throws Exception {
    Path tarball = Appliance.tarball(home, "7", "--deaf");

    Result result = UnikernelProgram.bootCheck(home, tarball.toString());

    assertThat(result.errors())
        .contains("udhcpc: broadcasting discover", "FAILED: no DHCP lease: it asked")
        .contains("sends and does not receive");
    assertThat(result.status()).isOne();
  }

  /**
   * Both take all their time, which is long enough to boot on a busy machine, so they take it side
   * by side. The second serves on QEMU's own network: {@code
   * ApplianceTest#oneOfItsSubnetAloneServesOnQemusNetwork}.
   */
  @Test
  void namesAPortThatNothingListensOnAndOneThatFindsNoWayOutOfItsSubnet() throws Exception {
    Path serving = Appliance.tarball(home, "1");
    Path stuck = Appliance.tarball(home, "8", "--subnet-only");

    CompletableFuture<Result> silent =
        started("--port", "81", "--seconds", "60", serving.toString());
    CompletableFuture<Result> unreachable = started("--seconds", "60", stuck.toString());

    assertThat(silent.get().errors())
        .contains("FAILED: it has a DHCP lease, and nothing listens on port 81");
    assertThat(unreachable.get().errors())
        .contains("lease of 10.128.0.2 obtained from 169.254.169.254")
        .contains("FAILED: it has a DHCP lease, and sends nothing to health checks")
        .contains("the router stands outside it");
  }

  private CompletableFuture<Result> started(String... words) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return UnikernelProgram.bootCheck(home, words);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
