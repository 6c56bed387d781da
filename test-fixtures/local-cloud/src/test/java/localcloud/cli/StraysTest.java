package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.assembly.DataFolder;
import localcloud.machines.QemuMachines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StraysTest {
  @TempDir Path folder;
  private DataFolder data;
  private Process process;

  @BeforeEach
  void open() throws IOException {
    data = DataFolder.at(folder);
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void endsFunctionsAndMachinesAndSaysWhich() throws Exception {
    Process function = new ProcessBuilder("sleep", "600").start();
    data.processes().add(function.toHandle(), DataFolder.FUNCTION_ROLE);
    data.processes().add(process.toHandle(), QemuMachines.ROLE);

    assertThat(Strays.end(data))
        .containsExactly(
            "a function left over (" + function.pid() + ")",
            "a machine left over (" + process.pid() + ")");
    assertThat(function.isAlive()).isFalse();
    assertThat(process.isAlive()).isFalse();
    assertThat(Strays.end(data)).isEmpty();
  }

  @Test
  void leavesAStrangerAloneThatHasTheProcessIdOfOneOfOurs() throws Exception {
    Path record = Files.createDirectories(folder.resolve("processes")).resolve("" + process.pid());
    Files.writeString(record, QemuMachines.ROLE + " 2016-01-01T00:00:00Z\n");

    assertThat(Strays.end(data)).isEmpty();
    assertThat(process.isAlive()).isTrue();
  }
}
