package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localcloud.assembly.Api;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.DataFolder;
import localcloud.assembly.GroupState;
import localcloud.assembly.Names;
import localcloud.assembly.Shell;
import localcloud.assembly.Text;
import localcloud.cli.Script.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts {@code up --detach}, {@code env} and {@code down}, as one types them. */
class LocalCloudIT {
  @TempDir static Path folder;

  private static Script script;
  private static String data;
  private static Result up;

  @BeforeAll
  static void start() throws Exception {
    script = new Script(folder);
    data = folder.resolve("the data").toString();
    up = up("--data", data, "--http-port", "0");
  }

  @AfterAll
  static void stop() throws Exception {
    script.run("down", "--data", data);
  }

  @Test
  void detachReturnsOnceTheGroupServesAndTheFunctionTakesConnections() throws Exception {
    assertThat(up.exitCode()).as(up.toString()).isZero();
    assertThat(up.out())
        .contains("The local cloud runs", "API over HTTP", "tarballs/make sparse", "To stop it");
    GroupState group = new ComputeClient(new Api(endpoint())).group();
    assertThat(group.runsEverywhere(Names.FIRST)).as(group.toString()).isTrue();
    assertThat(processes(DataFolder.FUNCTION_ROLE)).hasSize(1);
  }

  @Test
  void envLeadsAShellToIt() throws Exception {
    Result result =
        script.bash(
            Text.of("eval \"$(\"$ENV\" --data %s)\"; ", Shell.quote(data))
                + "echo \"$CLOUDSDK_CORE_PROJECT\"; cat \"$BOTO_CONFIG\";"
                + " head -1 \"$CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE\";"
                + " echo \"$CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE\"");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out())
        .startsWith("demo\n")
        .contains("gs_json_host = localhost", "-----BEGIN CERTIFICATE-----")
        .endsWith("http://localhost:" + URI.create(endpoint()).getPort() + "/compute/v1/\n");
  }

  @Test
  void envLetsAShellActAsCi() throws Exception {
    Result ci =
        script.bash(
            Text.of("eval \"$(\"$ENV\" --as ci --data %s)\"; ", Shell.quote(data))
                + "cat \"$CLOUDSDK_AUTH_ACCESS_TOKEN_FILE\"; grep refresh_token \"$BOTO_CONFIG\"");

    assertThat(ci.exitCode()).as(ci.toString()).isZero();
    assertThat(ci.out()).isEqualTo("local-cigs_oauth2_refresh_token = local-ci\n");
    Result nobody = script.run("env", "--data", data, "--as", "nobody");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err())
        .contains("--as: expected owner or ci or operator or viewer, found 'nobody'");
  }

  @Test
  void theBucketsAreThere() throws Exception {
    Api api = new Api(endpoint());
    for (String bucket : List.of(Names.UPLOADS, Names.RECORDS, Names.PRIVATE)) {
      JsonObject found = api.get("/storage/v1/b/" + bucket);
      assertThat(found.get("name").getAsString()).isEqualTo(bucket);
    }
  }

  @Test
  void aSecondUpOnTheSameDataIsRefusedAndHarmsNothing() throws Exception {
    Result second = up("--data", data, "--http-port", "0");

    assertThat(second.exitCode()).isEqualTo(1);
    long pid = processes(DataFolder.ROLE).get(0).pid();
    assertThat(second.err()).contains("already runs on " + data, "process id " + pid, "down");
    assertThat(script.run("env", "--data", data).exitCode()).isZero();
  }

  @Test
  void aPortInUseIsNamedWithItsOption() throws Exception {
    int taken = URI.create(endpoint()).getPort();
    String other = folder.resolve("other").toString();
    Result second = up("--data", other, "--http-port", Integer.toString(taken));

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("Port " + taken, "in use", "--http-port");
    assertThat(processes(other, DataFolder.ROLE)).isEmpty();
  }

  @Test
  void aFunctionPortInUseIsNamedWithItsOption() throws Exception {
    String taken = Integer.toString(URI.create(endpoint()).getPort());
    String others = "--http-port=0 --https-port=0 --balancer-port=0 --page-port=0";
    Result second =
        script.bash(Text.of("\"$UP\" --data third %s --function-port %s", others, taken));

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("Port " + taken, "in use", "--function-port");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("a file"), "x");
    Result result = script.run("up", "--data", file.resolve("data").toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("cannot use " + file);
  }

  @Test
  void whatWasUploadedSurvivesARestart() throws Exception {
    String other = folder.resolve("kept").toString();
    assertThat(up("--data", other, "--http-port", "0").exitCode()).isZero();
    Path note = Files.writeString(folder.resolve("note"), "{\"kept\":true}");
    new Api(endpoint(other)).upload(note, Names.PRIVATE, "note.json");
    assertThat(script.run("down", "--data", other).exitCode()).isZero();

    Result again = up("--data", other, "--http-port", "0");

    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(new Api(endpoint(other)).content(Names.PRIVATE, "note.json"))
        .hasValueSatisfying(json -> assertThat(json.get("kept").getAsBoolean()).isTrue());
    assertThat(script.run("down", "--data", other).exitCode()).isZero();
  }

  @Test
  void aHeapThatIsTooSmallIsToldInASentence() throws Exception {
    String others =
        "--http-port=0 --https-port=0 --balancer-port=0 --page-port=0 --function-port=0";
    Result small =
        script.bash(Text.of("LOCAL_CLOUD_HEAP=16m \"$UP\" --data small --speed 20 %s", others));

    assertThat(small.exitCode()).isNotZero();
    assertThat(small.err())
        .contains("up: a heap of 16m is not enough", "Give it more: LOCAL_CLOUD_HEAP=1g");
  }

  @Test
  void aWrongOptionIsToldWithExitCodeTwo() throws Exception {
    Result result = script.run("up", "--frobnicate");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("unknown option --frobnicate; --help lists them all\n");
  }

  @Test
  void downLeavesNoProcessAndSaysSoTwice() throws Exception {
    String other = folder.resolve("it's another").toString();
    assertThat(up("--data", other, "--http-port", "0").exitCode()).isZero();
    List<ProcessHandle> running =
        List.of(
            processes(other, DataFolder.ROLE).get(0),
            processes(other, DataFolder.FUNCTION_ROLE).get(0));

    Result down = script.run("down", "--data", other);

    assertThat(down.exitCode()).as(down.toString()).isZero();
    assertThat(down.out()).contains("stopped", "no process is left");
    assertThat(running).noneMatch(ProcessHandle::isAlive);
    assertThat(script.run("env", "--data", other).exitCode()).isEqualTo(1);
    Result again = script.run("down", "--data", other);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("nothing runs on " + other);
  }

  @Test
  void aFunctionWhoseLocalCloudWasKilledIsStoppedByDown() throws Exception {
    String other = folder.resolve("killed").toString();
    assertThat(up("--data", other, "--http-port", "0").exitCode()).isZero();
    ProcessHandle function = processes(other, DataFolder.FUNCTION_ROLE).get(0);
    ProcessHandle cloud = processes(other, DataFolder.ROLE).get(0);
    cloud.destroyForcibly();
    cloud.onExit().get();

    Result down = script.run("down", "--data", other);

    assertThat(down.exitCode()).as(down.toString()).isZero();
    assertThat(down.out()).contains("a function left over (" + function.pid() + ")");
    assertThat(function.isAlive()).isFalse();
  }

  private static Result up(String... options) throws Exception {
    String[] fixed = {
      "--detach",
      "--speed",
      "20",
      "--https-port",
      "0",
      "--balancer-port",
      "0",
      "--page-port",
      "0",
      "--function-port",
      "0"
    };
    String[] all = new String[fixed.length + options.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return script.run("up", all);
  }

  private static String endpoint() throws Exception {
    return endpoint(data);
  }

  private static String endpoint(String data) throws Exception {
    String lines = Files.readString(DataFolder.at(Path.of(data)).env("owner"));
    String compute =
        lines.lines().filter(line -> line.contains("OVERRIDES_COMPUTE")).findFirst().orElseThrow();
    return "http://127.0.0.1:" + URI.create(compute.substring(compute.indexOf("http"))).getPort();
  }

  private static List<ProcessHandle> processes(String role) throws Exception {
    return processes(data, role);
  }

  private static List<ProcessHandle> processes(String data, String role) throws Exception {
    return DataFolder.at(Path.of(data)).processes().running(role);
  }
}
