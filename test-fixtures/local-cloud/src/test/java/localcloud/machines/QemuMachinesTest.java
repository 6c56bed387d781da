package localcloud.machines;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import localcloud.processes.RecordedProcesses;
import localcloud.world.instances.Board;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of QEMU whose disk does not boot: no operating system is needed. */
class QemuMachinesTest {
  private static final Instant ON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Board BOARD = new Board(64, Board.Firmware.BIOS, "X86_64");

  @TempDir Path folder;
  private RecordedProcesses recorded;
  private QemuMachines machines;

  @BeforeEach
  void open() {
    Optional<Path> program = QemuCommand.program();
    assumeThat(program)
        .as("%s is not installed: real machines are not tested", QemuCommand.PROGRAM)
        .isPresent();
    recorded = new RecordedProcesses(folder.resolve("processes"));
    assumeThat(QemuCommand.installed(QemuCommand.PYTHON))
        .as("%s is not installed: real machines are not tested", QemuCommand.PYTHON)
        .isPresent();
    Path bootCheck = Path.of("../../.circleci/boot-check").toAbsolutePath().normalize();
    machines = new QemuMachines(program.orElseThrow(), bootCheck, recorded);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (machines != null) {
      machines.close();
    }
  }

  @Test
  void bootsTheDiskAndKeepsWhatTheSerialPortSays() throws Exception {
    Machine machine = start("one");
    await().atMost(ofMinutes(5)).until(() -> said(machine).contains("No bootable device"));
    assertThat(machine.running(ON)).isTrue();
    assertThat(said(machine)).contains("SeaBIOS", "Booting from Hard Disk");
  }

  @Test
  void takesAConnectionForAGuestWithoutTcpAndIsNotFooledByIt() throws Exception {
    Machine machine = start("one");
    await().atMost(ofMinutes(5)).until(() -> machine.address(80).isPresent());
    InetSocketAddress address = machine.address(80).orElseThrow();
    try (Socket socket = new Socket()) {
      socket.connect(address, 10_000);
      assertThat(socket.isConnected()).isTrue();
    }
    assertThat(machine.probe(check(80), ON).toCompletableFuture().get())
        .isEqualTo(Machine.Reply.NONE);
    assertThat(machine.address(80)).contains(address);
    assertThat(address.getAddress().isLoopbackAddress()).isTrue();
  }

  /** The network of a machine ends with it: nothing else tells that part of its end. */
  @Test
  void nothingIsLeftOfOneThatWasKilled() throws Exception {
    start("one");
    await().atMost(ofMinutes(5)).until(() -> networks(recorded).size() == 1);
    ProcessHandle network = networks(recorded).get(0);
    recorded.running(QemuMachines.ROLE).get(0).destroyForcibly();
    await().atMost(ofMinutes(5)).until(() -> !network.isAlive());
  }

  private static List<ProcessHandle> networks(RecordedProcesses recorded) throws IOException {
    return recorded.running(QemuMachines.ROLE).stream().flatMap(ProcessHandle::children).toList();
  }

  @Test
  void opensAnyPortThatIsAskedFor() throws Exception {
    Machine machine = start("one");
    await()
        .atMost(ofMinutes(5))
        .until(() -> machine.address(80).isPresent() && machine.address(8080).isPresent());
    assertThat(machine.address(8080)).isNotEqualTo(machine.address(80));
  }

  @Test
  void tellsHowBusyItIs() throws Exception {
    Machine machine = start("one");
    assertThat(machine.cpu(ON)).isEmpty();
    AtomicInteger seconds = new AtomicInteger();
    await()
        .atMost(ofMinutes(5))
        .until(
            () -> machine.cpu(ON.plusSeconds(seconds.incrementAndGet())).orElse(0),
            share -> share > 0 && share <= 1);
  }

  @Test
  void oneThatWasKilledRunsNoMore() throws Exception {
    Machine machine = start("one");
    Machine other = start("two");
    ProcessHandle process =
        await()
            .atMost(ofMinutes(5))
            .until(
                () -> recorded.running(QemuMachines.ROLE).stream().filter(this::isOne).findFirst(),
                Optional::isPresent)
            .orElseThrow();
    process.destroyForcibly();
    await().atMost(ofMinutes(5)).until(() -> !machine.running(ON));
    assertThat(other.running(ON)).isTrue();
    assertThat(machine.probe(check(80), ON)).failsWithin(ofMinutes(5));
    assertThat(machine.address(80)).isEmpty();
    await().atMost(ofMinutes(5)).until(() -> recorded.running(QemuMachines.ROLE).size() == 1);
  }

  @Test
  void oneThatIsStoppedEndsAndIsForgotten() throws Exception {
    Machine machine = start("one");
    List<ProcessHandle> processes = recorded.running(QemuMachines.ROLE);
    assertThat(processes).hasSize(1);
    machine.stop();
    assertThat(machine.running(ON)).isFalse();
    await().atMost(ofMinutes(5)).until(() -> !processes.get(0).isAlive());
    await()
        .atMost(ofMinutes(5))
        .until(() -> folder.resolve("processes").toFile().list().length == 0);
  }

  @Test
  void closingEndsAllAndStartsNoneAnyMore() throws Exception {
    start("one");
    start("two");
    List<ProcessHandle> processes = recorded.running(QemuMachines.ROLE);
    assertThat(processes).hasSize(2);
    machines.close();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(recorded.running(QemuMachines.ROLE)).isEmpty();
    assertThatThrownBy(() -> start("three")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aDiskThatCannotBeOpenedEndsTheMachineWhichSaysWhy() {
    Path none = folder.resolve("none.raw");
    Machine machine = machines.start(new Machines.Spec("one", none, BOARD, ON, "template-1"));
    await().atMost(ofMinutes(5)).until(() -> !machine.running(ON));
    await().atMost(ofMinutes(5)).until(() -> said(machine).contains("none.raw"));
  }

  private Machine start(String name) throws IOException {
    Path disk = folder.resolve("a disk, empty.raw");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(1 << 30);
    }
    return machines.start(new Machines.Spec(name, disk, BOARD, ON, "template-1"));
  }

  private boolean isOne(ProcessHandle process) {
    // Empty until the process has become QEMU: the system tells no command line that is so long.
    return List.of(process.info().arguments().orElse(new String[0])).contains("one");
  }

  private static String said(Machine machine) {
    return machine.console(ON).text();
  }

  private static HealthCheck check(int port) {
    return HealthCheck.newBuilder()
        .setType("HTTP")
        .setTimeoutSec(1)
        .setHttpHealthCheck(HTTPHealthCheck.newBuilder().setPort(port).setRequestPath("/"))
        .build();
  }
}
