package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network of {@code boot-check --wire}, with a program of ours where QEMU would stand. The
 * lease is as one of Compute Engine's was recorded, github.com/monogon-dev/monogon issue 89.
 */
class NetworkTest {
  private static final String MACHINE =
      Path.of("src/test/resources/network/machine").toAbsolutePath().toString();

  /** Options 51 (a day), 1 (a /32), 3, 6, 12, 15, 26 (1460), 42 and 121. */
  private static final String LEASE =
      " 54=a9fea9fe 51=00015180 1=ffffffff 3=0a800001 6=a9fea9fe 12=6d616368696e65"
          + " 15=632e64656d6f2e696e7465726e616c 26=05b4 42=a9fea9fe"
          + " 121=200a80000100000000000a800001\n";

  @TempDir Path home;

  @BeforeEach
  void hasPython() {
    Program.named("python3", home);
  }

  @Test
  void leasesASingleAddressWithTheRouterOutsideIt() throws Exception {
    assertThat(say("dhcp", "1", "dhcp", "3"))
        .isEqualTo("dhcp 10.128.0.2 53=02" + LEASE + "dhcp 10.128.0.2 53=05" + LEASE);
    assertThat(happened()).containsExactly("sent", "asked", "offered", "requested", "leased");
  }

  @Test
  void hasNoNeighbourButTheRouter() throws Exception {
    assertThat(say("arp", "10.128.0.1", "arp", "10.128.0.3", "arp", "35.191.0.1"))
        .isEqualTo("arp 42:01:0a:80:00:01\narp nobody\narp nobody\n");
    assertThat(happened())
        .containsExactly("sent", "looked-for 10.128.0.3", "looked-for 35.191.0.1");
  }

  @Test
  void carriesWhatFitsItsMtuAndComesFromTheLeasedAddressOverTheRouter() throws Exception {
    assertThat(say("tcp", "10.128.0.2", "536", "0", "tcp", "10.128.0.2", "536", "1416"))
        .isEqualTo("tcp mss 536\ntcp mss 536\n");
    assertThat(happened()).containsExactly("sent", "answered");

    assertThat(say("tcp", "10.128.0.2", "536", "1417", "tcp", "10.0.2.15", "536", "0", "past"))
        .isEqualTo("tcp nothing\ntcp nothing\npast nothing\n");
    assertThat(happened()).endsWith("too-long 1461", "came-from 10.0.2.15", "passed-the-router");
  }

  /** As between two ends with an MTU of 1460: QEMU's own end has 1500. */
  @Test
  void nobodyAsksForLongerSegmentsThanTheMtuAllows() throws Exception {
    assertThat(say("probe", "1460", "tcp", "10.128.0.2", "1460", "1"))
        .isEqualTo("probe mss 1420\ntcp mss 1420\n");
  }

  private String say(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("--wire", "network", MACHINE));
    line.addAll(List.of(words));
    return UnikernelProgram.alone("boot-check", home).succeed(line.toArray(String[]::new)).output();
  }

  private List<String> happened() throws Exception {
    return Files.readAllLines(home.resolve("network"));
  }
}
