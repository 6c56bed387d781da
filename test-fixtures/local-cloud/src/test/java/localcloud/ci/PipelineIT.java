package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import localcloud.appliance.Appliance;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a kernel to a deployed version, as CI goes: with the four programs and CI's identity. */
class PipelineIT {
  private static final Path SCRIPTS = Path.of("").toAbsolutePath();
  private static final String CHAIN =
      """
      eval "$("$ENV" --as ci --data "$DATA")"
      alone/pack-image "$1" "$2"
      alone/boot-check --accel tcg "$2"
      alone/upload "$2" gs://mir-riseos > generation
      """;
  private static final String AWAIT =
      """
      eval "$("$ENV" --as ci --data "$DATA")"
      alone/await-deployment --minutes 10 gs://mir-riseos-records "$1" "$(cat generation)"
      """;

  /** Longer than {@link #AWAIT} follows a deployment, so that its own message is seen. */
  private static final Duration AWAIT_AND_MORE = Duration.ofMinutes(11);

  @TempDir static Path home;

  @BeforeAll
  static void start() throws Exception {
    Appliance.assumeTools();
    Program.named("gsutil", home);
    for (String name : List.of("pack-image", "boot-check", "upload", "await-deployment")) {
      UnikernelProgram.alone(name, home);
    }
    Path disk = Appliance.disk(Appliance.tarball(home, "1"));
    MultibootElf unikernel = MultibootElf.around(disk, home);
    Files.write(home.resolve("site.elf"), unikernel.sound());
    Files.write(home.resolve("broken.elf"), unikernel.zeroed());
    List<String> words = new ArrayList<>(List.of("--detach", "--speed", "20", "--data", data()));
    for (String port : List.of("http", "https", "balancer", "page", "function")) {
      words.addAll(List.of("--" + port + "-port", "0"));
    }
    Program.at(SCRIPTS.resolve("up"), home).succeed(words.toArray(String[]::new));
  }

  @AfterAll
  static void stop() throws Exception {
    Program.at(SCRIPTS.resolve("down"), home).run("--data", data());
  }

  @Test
  void aUnikernelIsDeployed() throws Exception {
    bash(CHAIN, "site.elf", "mir-riseos-2.tar.gz", 0);

    assertThat(bash(AWAIT, "mir-riseos-2.tar.gz", "", 0).output())
        .contains(
            "await-deployment: deployed\n", "3 of 3 instances of mir-riseos-group run the new");
  }

  @Test
  void theApplianceIsDeployed() throws Exception {
    Path disk = Appliance.disk(Appliance.tarball(home, "2"));
    bash(CHAIN, disk.toString(), "mir-riseos-3.tar.gz", 0);

    assertThat(bash(AWAIT, "mir-riseos-3.tar.gz", "", 0).output())
        .contains("await-deployment: deployed\n");
  }

  @Test
  void aBrokenOneIsNotUploaded() throws Exception {
    Result result = bash(CHAIN, "broken.elf", "mir-riseos-4.tar.gz", 1);

    assertThat(result.errors())
        .contains("FAILED: kernel holds", "is zeroed before its entry point runs")
        .doesNotContain("upload: ");
  }

  private static Result bash(String commands, String first, String second, int status)
      throws Exception {
    Result result =
        Program.named("bash", home)
            .within(AWAIT_AND_MORE)
            .with("ENV", SCRIPTS.resolve("env").toString())
            .with("DATA", data())
            .run("-euo", "pipefail", "-c", commands, "bash", first, second);
    assertThat(result.status()).as(result.all()).isEqualTo(status);
    return result;
  }

  private static String data() {
    return home.resolve("data").toString();
  }
}
