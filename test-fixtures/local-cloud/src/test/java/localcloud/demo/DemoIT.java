package localcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Shell;
import localcloud.cli.Script;
import localcloud.cli.Script.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a newcomer without QEMU runs it; with real machines .ci/run runs it. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void withAlarmsAVersionThatFailsEveryFifthRequestIsPutBack() throws Exception {
    String data = " --data " + Shell.quote(folder.resolve("alarms").toString());
    String line = readme("alarms").strip().replace("test-fixtures/local-cloud/up", "\"$UP\"");
    Result demo = new Script(folder).bash(line + data);

    assertThat(demo.exitCode()).as(demo.toString()).isZero();
    assertThat(demo.out())
        .contains("alarms", "fails every fifth request", "rolled-back", "code       alarm")
        .contains("the policy \"share of 5xx\"", "runs version 2, and every bad tarball");
  }

  /** Of util-linux, which Debian always has; its child's terminal is a terminal. */
  @Test
  void onATerminalThePageStaysUntilEnter() throws Exception {
    DataFolder data = DataFolder.at(folder.resolve("terminal"));
    String line =
        "timeout --foreground 300 "
            + Shell.quote(Path.of("up").toAbsolutePath().toString())
            + " --demo --machines simulated --data "
            + Shell.quote(data.path().toString());
    Process demo =
        new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null")
            .redirectErrorStream(true)
            .start();
    try (Scanner screen = new Scanner(demo.getInputStream(), StandardCharsets.UTF_8);
        OutputStream keys = demo.getOutputStream()) {
      String page = screen.findWithinHorizon("Look around: (http://localhost:[0-9]+/) .*", 0);
      assertThat(page).as("all of the screen had no pause").isNotNull();
      URI address = URI.create(screen.match().group(1));
      assertThat(get(address)).contains("<title>Slipway");
      assertThat(data.processes().running(DataFolder.FUNCTION_ROLE)).isNotEmpty();

      keys.write('\n');
      keys.flush();

      assertThat(demo.waitFor()).isZero();
      assertThat(data.processes().running(DataFolder.ROLE)).isEmpty();
    } finally {
      demo.destroy();
    }
  }

  private static String get(URI address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }

  /** The commands of the block that is marked so on the local cloud's page. */
  private static String readme(String word) throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String mark = "```sh " + word + "\n";
    int start = page.indexOf(mark) + mark.length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void theDemoDeploysVersionTwoRefusesThreeAndLeavesNoProcess() throws Exception {
    Path data = folder.resolve("demo data");
    Result demo =
        new Script(folder)
            .run("up", "--demo", "--machines", "simulated", "--data", data.toString());

    assertThat(demo.exitCode()).as(demo.toString()).isZero();
    assertThat(demo.out())
        .contains("received", "proven", "image-ready", "template-ready", "rolling", "soaking")
        .contains("3 of 3 new and healthy", "Summary", "rejected")
        .contains("runs version 2, and every bad tarball was rejected")
        .doesNotContain("\u001b", "\r", "Look around");
    for (BadUpload bad : BadUpload.ALL) {
      assertThat(demo.out()).contains(bad.object());
    }
    DataFolder left = DataFolder.at(data);
    assertThat(left.processes().running(DataFolder.ROLE)).isEmpty();
    assertThat(left.processes().running(DataFolder.FUNCTION_ROLE)).isEmpty();
  }
}
