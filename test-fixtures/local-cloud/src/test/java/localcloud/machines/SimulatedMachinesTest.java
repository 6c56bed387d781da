package localcloud.machines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.HealthCheck;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import localcloud.clock.ManualClock;
import localcloud.world.images.Disks;
import localcloud.world.instances.Board;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

class SimulatedMachinesTest {
  private static final Instant ON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Board BOARD = new Board(614, Board.Firmware.BIOS, "X86_64");
  private final ManualClock clock = new ManualClock(ON);
  @TempDir Path folder;

  @Test
  void anyDiskBootsAndIsHealthy() throws Exception {
    Machine machine = machine("no mark");
    assertSeen(machine, ON.plusSeconds(4), true, false);
    assertSeen(machine, ON.plusSeconds(5), true, true);
    machine.stop();
    assertSeen(machine, ON.plusSeconds(6), false, false);
  }

  @Test
  void behavesAsItsDiskSays() throws Exception {
    Machine machine =
        machine(
            "SLIPWAY-SIM {\"version\":\"7\",\"bootSeconds\":2,\"diesAfterSeconds\":60,"
                + "\"console\":\"serving\"}");
    assertSeen(machine, ON.plusSeconds(2), true, true);
    assertThat(machine.console(ON.plusSeconds(1)).text()).doesNotContain("serving");
    assertThat(machine.console(ON.plusSeconds(2)).text()).contains("version 7: booted\nserving\n");
    assertSeen(machine, ON.plusSeconds(60), false, false);
    assertThat(machine.console(ON.plusSeconds(60)).text()).endsWith("machine halted\n");
  }

  @Test
  void aSickOneRunsAndDoesNotAnswer() throws Exception {
    Machine machine = machine("SLIPWAY-SIM {\"healthy\":false}");
    assertSeen(machine, ON.plusSeconds(100), true, false);
  }

  @Test
  void saysOnTheConsoleWhyItsDiskCannotBeRead() throws Exception {
    Machine unknown = machine("SLIPWAY-SIM {\"bootSecond\":1}");
    assertSeen(unknown, ON.plusSeconds(100), true, false);
    assertThat(unknown.console(ON.plusSeconds(1)).text()).contains("not 'bootSecond'");
    assertThat(machine("SLIPWAY-SIM {").console(ON.plusSeconds(1)).text())
        .contains("expected one line with a JSON object after SLIPWAY-SIM");
  }

  @Test
  void itsSiteTellsVersionAndHealthAndBreaksOffAtTheEnd() throws Exception {
    Machine machine = machine("SLIPWAY-SIM {\"version\":\"7\",\"healthy\":false}");
    InetSocketAddress site = machine.address(80).orElseThrow();
    assertThat(machine.address(8080)).contains(site);
    assertThat(get(site, "/").get().body()).isEqualTo("version 7\n");
    assertThat(get(site, "/healthz").get().statusCode()).isEqualTo(503);

    CompletableFuture<HttpResponse<String>> slow = get(site, "/slow");
    // The site has taken the slow request by the time that it answers one sent after it.
    get(site, "/").get();
    machine.stop();
    assertThat(slow).failsWithin(Duration.ofSeconds(60));
    assertThat(get(site, "/")).failsWithin(Duration.ofSeconds(60));
    assertThat(machine.address(80)).isEmpty();
  }

  @Test
  void ofItsRequestsOneInSoManyFailsAndNoHealthCheck() throws Exception {
    Machine machine = machine("SLIPWAY-SIM {\"errorEvery\":3}");
    InetSocketAddress site = machine.address(80).orElseThrow();
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answers.add(get(site, "/").get().statusCode());
      assertThat(get(site, "/healthz").get().statusCode()).isEqualTo(200);
    }

    assertThat(answers).containsExactly(200, 200, 500, 200, 200, 500, 200);
    assertSeen(machine, ON.plusSeconds(100), true, true);
  }

  @Test
  void oneThatHasEndedBreaksItsConnectionsAndTakesNone() throws Exception {
    Machine machine = machine("SLIPWAY-SIM {\"diesAfterSeconds\":60}");
    InetSocketAddress site = machine.address(80).orElseThrow();
    CompletableFuture<HttpResponse<String>> slow = get(site, "/slow");
    assertThat(get(site, "/").get().statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(60));

    assertThat(get(site, "/")).failsWithin(Duration.ofSeconds(60));
    assertThat(slow).failsWithin(Duration.ofSeconds(60));
    assertThatThrownBy(() -> new Socket(site.getAddress(), site.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void oneThatHangsTakesRequestsAndAnswersNone() throws Exception {
    Machine machine = machine("SLIPWAY-SIM {\"hangsAfterSeconds\":60}");
    InetSocketAddress site = machine.address(80).orElseThrow();
    CompletableFuture<HttpResponse<String>> slow = get(site, "/slow");
    assertThat(get(site, "/").get().statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(60));

    try (Socket socket = new Socket(site.getAddress(), site.getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      socket.setSoTimeout(3000);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(slow).isNotDone();
    machine.stop();
    assertThat(slow).failsWithin(Duration.ofSeconds(60));
  }

  /** What each firmware finds on a disk, and whether it comes up. */
  @ParameterizedTest
  @CsvSource({
    "SPARSE,        BIOS, X86_64, true",
    "SPARSE,        UEFI, X86_64, false",
    "GPT,           BIOS, X86_64, true",
    "UEFI,          BIOS, X86_64, false",
    "UEFI,          UEFI, X86_64, true",
    "UEFI,          UEFI, ARM64,  true",
    "BIOS_AND_UEFI, BIOS, X86_64, true",
    "BIOS_AND_UEFI, UEFI, X86_64, true",
    "UEFI_ARM64,    UEFI, ARM64,  true",
    "UEFI_ARM64,    UEFI, X86_64, false",
    "UEFI_X86_64,   UEFI, ARM64,  false",
    "SPARSE,        UEFI, ARM64,  false"
  })
  void bootsWhatAMachineWould(
      Kind kind, Board.Firmware firmware, String architecture, boolean boots) throws Exception {
    Path tarball = folder.resolve("disk.tar.gz");
    Tarball.write(kind, SimulatedDisk.healthy("7"), tarball);
    Disks.run(folder, List.of("tar", "-xzf", "disk.tar.gz"));
    Board board = new Board(614, firmware, architecture);
    Machine machine =
        new SimulatedMachines(clock)
            .start(new Machines.Spec("one", folder.resolve("disk.raw"), board, ON, "template-1"));

    Instant later = ON.plusSeconds(3600);
    assertSeen(machine, later, true, boots);
    HealthCheck tcp = HealthCheck.newBuilder().setType("TCP").build();
    assertThat(machine.probe(tcp, later))
        .isCompletedWithValueMatching(reply -> (reply == Machine.Reply.GOOD) == boots);
    String failure =
        firmware == Board.Firmware.UEFI
            ? "UEFI: Failed to load image."
            : "Booting from Hard Disk...";
    assertThat(machine.console(later).text()).contains(boots ? "version 7: booted" : failure);
    assertThat(machine.console(later).text().contains("booted")).isEqualTo(boots);
  }

  @Test
  void oneThatFindsNoPortHasNoAddressAndSaysWhy() {
    Machine machine =
        new SimulatedMachine(
            new Machines.Spec("one", folder, BOARD, ON, "template-1"),
            Behaviour.ofAnyDisk(),
            clock,
            (behaviour, state) -> {
              throw new IOException("Too many open files");
            });

    assertThat(machine.address(80)).isEmpty();
    assertThat(machine.console(ON).text()).contains("no port could be opened: Too many open files");
  }

  private static CompletableFuture<HttpResponse<String>> get(InetSocketAddress site, String path) {
    URI uri = URI.create("http://127.0.0.1:" + site.getPort() + path);
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private Machine machine(String line) throws IOException {
    Path disk = new Disks(folder).disk("one", 2 << 20, line);
    return new SimulatedMachines(clock)
        .start(new Machines.Spec("one", disk, BOARD, ON, "template-1"));
  }

  private static void assertSeen(Machine machine, Instant when, boolean running, boolean answers) {
    assertThat(machine.running(when)).isEqualTo(running);
    assertThat(machine.probe(HealthCheck.getDefaultInstance(), when))
        .isCompletedWithValueMatching(reply -> (reply == Machine.Reply.GOOD) == answers);
  }
}
