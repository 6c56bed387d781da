package localcloud.cli;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.Names;
import localcloud.cli.Script.Result;
import localcloud.machines.QemuMachines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a local cloud, none of its machines outlives it for long. */
class StraysIT {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @TempDir Path folder;
  private DataFolder data;

  @BeforeEach
  void open() {
    Install install = new Install(HERE.resolve("../..").normalize());
    assumeThat(install.appliance().missing()).as("real machines are not tested").isEmpty();
    data = DataFolder.at(folder.resolve("data"));
  }

  @AfterEach
  void clean() throws Exception {
    if (data != null) {
      down();
    }
  }

  @Test
  void ctrlCEndsThemAll() throws Exception {
    Process cloud = up();
    List<ProcessHandle> machines = machines();
    Runtime.getRuntime().exec(new String[] {"kill", "-INT", Long.toString(cloud.pid())}).waitFor();
    assertThat(cloud.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(machines).noneMatch(ProcessHandle::isAlive);
    assertThat(data.processes().running(QemuMachines.ROLE)).isEmpty();
  }

  @Test
  void downEndsThemAll() throws Exception {
    up();
    List<ProcessHandle> machines = machines();
    Result down = down();
    assertThat(down.exitCode()).as(down.toString()).isZero();
    assertThat(machines).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void downEndsThoseOfAKilledLocalCloud() throws Exception {
    Process cloud = up();
    List<ProcessHandle> machines = machines();
    cloud.destroyForcibly().waitFor();
    assertThat(machines).allMatch(ProcessHandle::isAlive);
    Result down = down();
    assertThat(down.out()).contains("a machine left over (" + machines.get(0).pid() + ")");
    assertThat(machines).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theNextUpEndsThoseOfAKilledLocalCloud() throws Exception {
    Process cloud = up();
    List<ProcessHandle> machines = machines();
    cloud.destroyForcibly().waitFor();
    assertThat(machines).allMatch(ProcessHandle::isAlive);
    up();
    String told = "Stopped a machine left over (" + machines.get(0).pid() + ")";
    await().atMost(ofMinutes(2)).until(() -> Files.readString(log()).contains(told));
    assertThat(machines).noneMatch(ProcessHandle::isAlive);
  }

  private Process up() throws Exception {
    List<String> command =
        List.of(
            // A build in the background of a script ignores Ctrl-C, and all that it starts.
            "env",
            "--default-signal=INT",
            HERE.resolve("up").toString(),
            "--machines=qemu",
            "--data=" + data.path(),
            "--http-port=0",
            "--https-port=0",
            "--balancer-port=0",
            "--page-port=0",
            "--function-port=0");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Path log() {
    return folder.resolve("up.log");
  }

  /** All three of the group, once they run. */
  private List<ProcessHandle> machines() throws Exception {
    await()
        .atMost(ofMinutes(3))
        .until(() -> data.processes().running(QemuMachines.ROLE).size() == Names.GROUP_SIZE);
    return data.processes().running(QemuMachines.ROLE);
  }

  private Result down() throws Exception {
    return new Script(folder).run("down", "--data", data.path().toString());
  }
}
