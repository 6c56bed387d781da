package localcloud.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedProcessesTest {
  private static final String ROLE = "function";

  @TempDir Path folder;

  @Test
  void aRunningProcessIsFoundByItsRole() throws Exception {
    RecordedProcesses processes = new RecordedProcesses(folder);
    ProcessHandle self = ProcessHandle.current();
    processes.add(self, ROLE);

    assertThat(processes.running(ROLE)).containsExactly(self);
    assertThat(processes.running("local-cloud")).isEmpty();
  }

  @Test
  void aProcessThatEndedIsForgotten() throws Exception {
    RecordedProcesses processes = new RecordedProcesses(folder);
    Process process = new ProcessBuilder("sleep", "60").start();
    processes.add(process.toHandle(), ROLE);
    process.destroyForcibly().waitFor();

    assertThat(processes.running(ROLE)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anotherProcessUnderARecordedIdIsNotOurs() throws Exception {
    String pid = Long.toString(ProcessHandle.current().pid());
    Files.writeString(folder.resolve(pid), ROLE + " 2016-01-01T00:00:00Z\n");

    assertThat(new RecordedProcesses(folder).running(ROLE)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHoldsNone() throws Exception {
    assertThat(new RecordedProcesses(folder.resolve("none")).running(ROLE)).isEmpty();
  }
}
