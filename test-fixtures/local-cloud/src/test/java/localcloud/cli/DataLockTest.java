package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir Path folder;

  @Test
  void aSecondTakerIsToldWhoHoldsItAndHowToStopIt() throws Exception {
    DataFolder data = DataFolder.at(folder.resolve("data"));
    try (DataLock held = DataLock.take(data, "path/to/down")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DataLock.take(data, "path/to/down"))
          .isInstanceOf(CommandFault.class)
          .hasMessageContaining("process id " + ProcessHandle.current().pid())
          .hasMessageContaining("path/to/down")
          .hasMessageContaining("--data");
    }
  }

  @Test
  void itCanBeTakenAgainAfterItsEnd() throws Exception {
    DataFolder data = DataFolder.at(folder);
    DataLock.take(data, "down").close();
    DataLock.take(data, "down").close();

    assertThat(data.lock()).exists();
  }

  @Test
  void wipingLeavesTheLockAlone() throws Exception {
    DataFolder data = DataFolder.at(folder);
    try (DataLock held = DataLock.take(data, "down")) {
      assertThat(held).isNotNull();
      Files.writeString(Files.createDirectories(data.objects()).resolve("a"), "x");
      assertThat(data.isUsed()).isTrue();

      data.wipe();

      assertThat(data.isUsed()).isFalse();
      assertThat(data.lock()).exists();
    }
  }
}
