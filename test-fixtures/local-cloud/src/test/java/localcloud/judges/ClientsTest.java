package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import localcloud.http.WholeCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that others wrote, each used as its README does, with nothing but the endpoint changed.
 * {@code judges/install} installs what a package registry has.
 */
class ClientsTest {
  private static final Path JUDGES = Path.of("judges").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target", "judges").toAbsolutePath();

  /** What these clients cannot be asked to do here, by their own making. */
  private static final Map<String, String> NOT_THERE =
      Map.of(
          "packer",
          "it takes no other host, also 1.11.2 with its plugin 1.1.6, which passes too: led here by a"
              + " proxy. Nobody logs in (`communicator` none), and a simulated machine runs no startup"
              + " script that could be waited for (`wrap_startup_script` false)",
          "apache-libcloud",
          "its drivers take no other host: led here by a proxy. With HMAC keys, which are not checked",
          "google.cloud",
          "its modules take no other host: led here by a proxy (`env_type` changes a header only)",
          "@google-cloud/storage",
          "`TransferManager.uploadFileInChunks` asks `https://<bucket>.<host>` without the"
              + " endpoint's port",
          "googleapis",
          "`objects.insert` with media takes `rootUrl` from the call's own options alone",
          "google-cloud-compute",
          "`operation.result()` asks `compute.googleapis.com` whatever the endpoint is:"
              + " `wait` of the operations' clients is used",
          "rclone",
          "version 1.60 sends lists of access control unless `--gcs-bucket-policy-only` is set:"
              + " with them a bucket has no uniform access");

  private static final String IMAGES = "/compute/v1/projects/demo/global/images";
  private static final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path home;
  @TempDir Path data;
  private WholeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new WholeCloud(data, 100);
  }

  @AfterEach
  void asksForNothingThatIsNotThere() throws Exception {
    cloud.close();
    assertThat(cloud.unknown().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage", "compute", "googleapis"})
  void forNode(String script) throws Exception {
    Path folder = installed("node/installed").resolveSibling("scripts-" + script);
    Files.createDirectories(folder);
    Path modules = folder.resolve("node_modules");
    if (!Files.exists(modules)) {
      Files.createSymbolicLink(modules, INSTALLED.resolve("node/node_modules"));
    }
    for (String file : List.of("judge.mjs", script + ".mjs")) {
      Path copy = folder.resolve(file);
      Files.write(copy, Files.readAllBytes(JUDGES.resolve("node").resolve(file)));
    }
    heard(Program.named("node", home), folder.resolve(script + ".mjs").toString());
  }

  @Test
  void forPython() throws Exception {
    installed("python/installed");
    Program python = Program.at(INSTALLED.resolve("python/bin/python"), home);
    heard(python, JUDGES.resolve("python/judge.py").toString());
  }

  @Test
  void libcloud() throws Exception {
    installed("python/installed");
    try (GoogleNames google = new GoogleNames(cloud.http(), home)) {
      Program python = google.lead(Program.at(INSTALLED.resolve("python/bin/python"), home));
      heard(python, JUDGES.resolve("python/libcloud_judge.py").toString());
    }
  }

  /** Each task starts Python anew: a minute on a machine of its own. */
  @Test
  void ansible() throws Exception {
    Path collections = INSTALLED.resolve("ansible");
    installed("ansible/installed");
    Path python = INSTALLED.resolve("python/bin/python");
    Path playbook = JUDGES.resolve("ansible/playbook.yml");
    try (GoogleNames google = new GoogleNames(cloud.http(), home)) {
      Program program =
          google
              .lead(Program.at(python.resolveSibling("ansible-playbook"), home))
              .with("ANSIBLE_COLLECTIONS_PATH", collections.toString())
              .with("ANSIBLE_LOCALHOST_WARNING", "false")
              .within(Duration.ofMinutes(10));
      program.succeed(
          "--inventory=localhost,",
          "--extra-vars=ansible_python_interpreter=" + python,
          "--extra-vars=home=" + home,
          "--extra-vars=bucket=" + WholeCloud.BUCKET,
          "--extra-vars=tarball=" + WholeCloud.TARBALL,
          playbook.toString());
    }
    List<String> tasks =
        Files.readAllLines(playbook).stream()
            .filter(line -> line.startsWith("    - name: "))
            .map(line -> line.replace("    - name: ", "").replace(", present", ""))
            .toList();
    String version =
        JsonParser.parseString(
                Files.readString(
                    collections.resolve("ansible_collections/google/cloud/MANIFEST.json")))
            .getAsJsonObject()
            .getAsJsonObject("collection_info")
            .get("version")
            .getAsString();
    tell("google.cloud", version + " of Ansible", tasks);
  }

  @Test
  void forGo() throws Exception {
    heard(Program.at(installed("go/judge"), home));
  }

  @Test
  void rclone() throws Exception {
    Program rclone =
        Program.named("rclone", home)
            .with("RCLONE_CONFIG", home.resolve("rclone.conf").toString())
            .with("RCLONE_CONFIG_GCS_TYPE", "google cloud storage")
            .with("RCLONE_CONFIG_GCS_ANONYMOUS", "true")
            .with("RCLONE_CONFIG_GCS_PROJECT_NUMBER", "demo")
            .with("RCLONE_CONFIG_GCS_ENDPOINT", cloud.http() + "/storage/v1/");
    Path local = Files.createDirectories(home.resolve("local/dir"));
    Files.writeString(local.resolve("small.txt"), "hello");
    Files.write(local.resolve("large.bin"), new byte[20 << 20]);
    List<List<String>> calls =
        List.of(
            List.of("mkdir", "gcs:rclone-judge"),
            List.of("copy", "local", "gcs:rclone-judge/copied"),
            List.of("check", "local", "gcs:rclone-judge/copied"),
            List.of("lsjson", "--recursive", "gcs:rclone-judge"),
            List.of("cat", "gcs:rclone-judge/copied/dir/small.txt"),
            List.of("copyto", "local/dir/small.txt", "gcs:rclone-judge/one"),
            List.of("sync", "gcs:rclone-judge/copied", "gcs:rclone-judge/synced"),
            List.of("moveto", "gcs:rclone-judge/one", "gcs:rclone-judge/moved"),
            List.of("copy", "gcs:rclone-judge/synced", "back"),
            List.of("deletefile", "gcs:rclone-judge/moved"),
            List.of("purge", "gcs:rclone-judge"));
    for (List<String> call : calls) {
      rclone.succeed(call.toArray(String[]::new));
    }
    assertThat(home.resolve("back/dir/large.bin")).hasSize(20 << 20);
    List<String> verbs = calls.stream().map(call -> call.get(0)).distinct().toList();
    tell("rclone", "as Debian 12 has it (1.60)", verbs);
  }

  /** Its builder, which makes an image of an instance's disk, and its import of a tarball. */
  @Test
  void packer() throws Exception {
    Program packer = packerWithItsPlugin();
    String tarball = "/" + WholeCloud.BUCKET + "/" + WholeCloud.TARBALL;
    Path copy = home.resolve(WholeCloud.TARBALL);
    client.send(request(tarball).build(), BodyHandlers.ofFile(copy));
    String base =
        "{\"name\": \"packer-base\", \"rawDisk\": {\"source\": \""
            + cloud.http()
            + tarball
            + "\"}}";
    String begun = answer(request(IMAGES).POST(BodyPublishers.ofString(base)));
    String operation = JsonParser.parseString(begun).getAsJsonObject().get("name").getAsString();
    String wait = IMAGES.replace("images", "operations/") + operation + "/wait";
    assertThat(answer(request(wait).POST(BodyPublishers.noBody()))).contains("\"DONE\"");
    // As gcloud auth application-default login writes it; the token is the owner's.
    Path adc = home.resolve("adc.json");
    Files.writeString(
        adc,
        "{\"type\": \"authorized_user\", \"client_id\": \"c\", \"client_secret\": \"s\","
            + " \"refresh_token\": \"local-owner\"}");
    try (GoogleNames google = new GoogleNames(cloud.http(), home)) {
      google
          .lead(packer)
          .with("GOOGLE_APPLICATION_CREDENTIALS", adc.toString())
          .with("CHECKPOINT_DISABLE", "1")
          .within(Duration.ofMinutes(10))
          .succeed(
              "build",
              "-var=bucket=" + WholeCloud.BUCKET,
              "-var=tarball=" + copy,
              JUDGES.resolve("packer/build.json").toString());
    }
    assertThat(answer(request(IMAGES + "/packer-built")))
        .contains("\"status\": \"READY\"", "zones/us-west1-a/disks/", "\"made-by\": \"packer\"");
    assertThat(answer(request(IMAGES + "/packer-imported")))
        .contains("\"status\": \"READY\"", "GVNIC");
    tell(
        "packer",
        "as Debian 12 has it (1.6.6)",
        List.of(
            "googlecompute: an instance of an image, an image of its disk, and all else deleted",
            "googlecompute-import: upload, an image, and the tarball deleted"));
  }

  /** Since 1.7 the plugin for Google is a program of its own. */
  private Program packerWithItsPlugin() throws Exception {
    Program packer = Program.named("packer", home);
    String plugins = System.getenv("PACKER_PLUGIN_PATH");
    if (plugins != null) {
      packer.with("PACKER_PLUGIN_PATH", plugins);
    }
    boolean whole =
        packer.run("version").output().startsWith("Packer v1.6.")
            || packer.run("plugins", "installed").output().contains("googlecompute");
    Assumptions.assumeTrue(
        whole, "Skipped: packer has no plugin googlecompute; packer plugins install brings it");
    return packer;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cloud.http() + path));
  }

  private static String answer(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  /** Runs a judge, of whose calls none may fail. */
  private void heard(Program program, String... arguments) throws Exception {
    program
        .with("CLOUD", cloud.http())
        .with("BUCKET", WholeCloud.BUCKET)
        .with("TARBALL", WholeCloud.TARBALL);
    for (String line : program.succeed(arguments).output().lines().toList()) {
      JsonObject told = JsonParser.parseString(line).getAsJsonObject();
      assertThat(told.getAsJsonObject("failed").entrySet()).isEmpty();
      List<String> calls =
          told.getAsJsonArray("calls").asList().stream().map(JsonElement::getAsString).toList();
      tell(told.get("client").getAsString(), told.get("version").getAsString(), calls);
    }
  }

  private static void tell(String client, String version, List<String> calls) throws Exception {
    String not = NOT_THERE.getOrDefault(client, "");
    ModelRow.of("`" + client + "` " + version, String.join("; ", calls), not).hold();
  }

  private static Path installed(String what) {
    Path path = INSTALLED.resolve(what);
    Assumptions.assumeTrue(
        Files.exists(path),
        "Skipped: " + what + " is not there; test-fixtures/local-cloud/judges/install makes it");
    return path;
  }
}
