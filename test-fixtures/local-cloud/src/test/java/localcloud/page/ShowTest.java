package localcloud.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import localcloud.cli.SeededCloud;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code infra/page/show} with the real gcloud, which is led to the local cloud instead of a
 * project.
 */
class ShowTest {
  private static final Path PROGRAM =
      Path.of("").toAbsolutePath().resolve("../../infra/page/show").normalize();

  @TempDir static Path folder;
  private static SeededCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    Program.named("gcloud", folder);
    cloud = SeededCloud.brisk(folder.resolve("cloud"));
  }

  @AfterAll
  static void stop() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @Test
  void showsAProjectWithGcloudsLogin() throws Exception {
    try (Shown page = new Shown(cloud.shell("viewer"));
        Tab tab = new Tab(page.address())) {
      Map<String, JsonObject> cells =
          tab.until(
              all ->
                  all.keySet().stream().anyMatch(key -> key.startsWith("group/"))
                      && all.containsKey("traffic/none"));

      assertThat(Tab.cell(cells, "cloud").toString())
          .contains("\"place\":\"Google Cloud\"", "\"who\":\"me@example.com\"");
      assertThat(cells.keySet()).noneMatch(key -> key.startsWith("trouble/"));
      assertThat(page.line).doesNotContain("local-viewer");
    }
    assertThat(cloud.calls()).anyMatch(call -> call.identity().equals("viewer"));
  }

  @Test
  void withoutALoginItSaysSo() throws Exception {
    Map<String, String> environment = new TreeMap<>(cloud.shell("viewer"));
    environment.remove("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE");
    environment.put("CLOUDSDK_CONFIG", folder.resolve("nobody").toString());
    try (Shown page = new Shown(environment);
        Tab tab = new Tab(page.address())) {
      Map<String, JsonObject> cells = tab.until(all -> all.containsKey("trouble/token"));

      assertThat(Tab.cell(cells, "trouble/token").get("what").getAsString())
          .startsWith("gcloud has no login, run gcloud auth login: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'expected --bucket with the uploads bucket''s name, found '''''",
    "--bucket UP, 'expected --bucket with the uploads bucket''s name, found ''UP'''",
    "--bucket b --port x, '--port takes a number up to 65535, found ''x'''",
    "--bucket b --port 65536, '--port takes a number up to 65535, found ''65536'''",
    "--bucket, '--bucket takes a word, found none'",
    "--fast, unknown option --fast",
  })
  void whatIsWrongWithItsCallIsTold(String words, String reason) throws Exception {
    Result result =
        Program.at(PROGRAM, folder).run(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(result.errors()).contains("show: " + reason);
    assertThat(result.status()).isEqualTo(64);
  }

  @Test
  void itTellsHowItIsUsed() throws Exception {
    assertThat(Program.at(PROGRAM, folder).succeed("--help").output())
        .startsWith("usage: infra/page/show --bucket BUCKET");
  }

  /** What the script starts, with the classes of this test. */
  private static final class Shown implements AutoCloseable {
    private final Process process;
    private final String line;

    Shown(Map<String, String> environment) throws IOException {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Xmx128m",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              "page.Show",
              "demo",
              "mir-riseos",
              "mir-riseos-records",
              "mir-riseos-private",
              "slipway",
              "me@example.com",
              "0");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().retainAll(List.of("PATH"));
      builder.environment().putAll(environment);
      builder.environment().put("HOME", folder.toString());
      builder.redirectError(new File("/dev/null"));
      process = builder.start();
      BufferedReader output =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      line = String.valueOf(output.readLine());
    }

    String address() {
      assertThat(line).matches("The page of demo: http://127\\.0\\.0\\.1:\\d+/ \\(.*\\)");
      return line.replaceFirst(".*(http://[^ ]+) .*", "$1");
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
