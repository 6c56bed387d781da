package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import localcloud.access.Grants;
import localcloud.assembly.Api;
import localcloud.assembly.Closing;
import localcloud.assembly.CommandFault;
import localcloud.assembly.DataFolder;
import localcloud.assembly.LocalCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --faults FILE}. */
class LocalCloudFaultsTest {
  @TempDir Path folder;
  private final Closing closing = new Closing();

  @AfterEach
  void stop() {
    closing.close();
  }

  @Test
  void aBadFileStopsUpWithASentenceBeforeAnythingIsMade() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"rules\": [{\"on\": \"moon\"}]}");

    assertThatThrownBy(() -> start(file))
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(2))
        .hasMessage(
            "--faults %s: rules[0].on: expected one of"
                + " [call, creation, delivery, event, machine, operation], found moon",
            file);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> start(folder.resolve("none.json")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("none.json");
  }

  @Test
  void whatTheFileSaysStrikes() throws Exception {
    String rule = "{\"on\":\"call\",\"method\":\"Zones.List\",\"do\":\"answer\",\"status\":503}";
    Path file = Files.writeString(folder.resolve("good.json"), "{\"rules\":[" + rule + "]}");

    Api api = new Api(start(file).endpoint());

    assertThatThrownBy(() -> api.get("/compute/v1/projects/demo/zones"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answered 503")
        .hasMessageContaining("Backend Error");
    assertThat(api.get("/_local/faults").toString()).contains("\"struck\":1");
  }

  private LocalCloud start(Path file) throws Exception {
    List<String> line =
        List.of(
            "--http-port=0",
            "--https-port=0",
            "--balancer-port=0",
            "--page-port=0",
            "--function-port=0",
            "--faults=" + file);
    Grants grants = SeededCloud.granted();
    return LocalCloud.start(
        DataFolder.at(folder.resolve("data")),
        UpLine.parse(line, Optional::empty),
        () -> grants,
        closing);
  }
}
