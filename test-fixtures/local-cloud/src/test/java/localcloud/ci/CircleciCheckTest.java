package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code .circleci/check}, and the faults that it must find. */
class CircleciCheckTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path CHECK = ROOT.resolve(".circleci/check");

  private record Fault(String right, String wrong, String said) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("debian:12.13", "debian", "image debian is not pinned to a version"),
          new Fault(
              "resource_class: small", "resource_clas: small", "job has no \"resource_clas\""),
          new Fault(
              "output_timeout: 50m", "output_time: 50m", "run step has no \"no_output_time\""),
          new Fault("context: slipway", "contexts: slipway", "workflow has no \"contexts\""),
          new Fault("slipway\n          filters", "\n          filters", "has no context to get"),
          new Fault("default: main", "default: try", "must run on main alone"),
          new Fault("branches:", "branch:", "a filter has no \"branch\""),
          new Fault("[build-unikernel]", "[build]", "requires build, which is no job"),
          new Fault("- run: .circleci/boot-check", "- run: echo", "that ran .circleci/boot-check"),
          new Fault("run: infra/lock", "run: infra/locks", "there is no infra/locks"),
          new Fault("run: .circleci/log-in", "run: .circleci/login", "there is no .circleci/login"),
          new Fault("run: mv ", "run: gcloud beta compute ssh ", "no right in Compute Engine"),
          new Fault(
              "run: mvn ",
              "run: gcloud auth activate-service-account ",
              "CI holds no key; log in by .circleci/log-in"),
          new Fault(
              "run: .circleci/pack-image",
              "run: |\n          true\n          .circleci/pack-image",
              "a step of more than one line"));

  @TempDir Path home;
  private Path config;
  private Path bindings;

  @BeforeEach
  void copies() throws Exception {
    Program.named("node", home);
    assumeTrue(
        Files.isDirectory(ROOT.resolve(".circleci/checks/node_modules")),
        "Skipped: .circleci/check has not been run yet, which installs what it needs");
    config = Files.copy(ROOT.resolve(".circleci/config.yml"), home.resolve("config.yml"));
    bindings = Files.copy(ROOT.resolve("infra/bindings.yaml"), home.resolve("bindings.yaml"));
  }

  @Test
  void holds() throws Exception {
    assertThat(check().all()).isEqualTo("circleci: 5 jobs in 2 workflows hold\n");
    assertThat(check().status()).isZero();
  }

  /** What the rules of its own find, in one copy and one run, which tells of all. */
  @Test
  void findsWhatIsPlanted() throws Exception {
    for (Fault fault : FAULTS) {
      plant(fault.right(), fault.wrong());
    }

    Program.Result result = check();

    for (Fault fault : FAULTS) {
      assertThat(result.errors().lines())
          .as(fault + " in " + result.errors())
          .anyMatch(
              line -> line.startsWith("circleci: config.yml: ") && line.contains(fault.said()));
    }
    assertThat(result.status()).isOne();
  }

  /** CircleCI's parser stops at the first. */
  @ParameterizedTest
  @CsvSource({
    "- jdk-25, - jdk-26, Job jdk-26 not found in config",
    "executor: jdk-25, executor: jdk-26, jdk-26",
    "- persist_to_workspace, - persist_workspace, Unknown native command: persist_workspace",
    "version: 2.1, version: [, Flow sequence"
  })
  void findsWhatIsNoConfiguration(String right, String wrong, String said) throws Exception {
    plant(right, wrong);

    Program.Result result = check();

    assertThat(result.errors()).contains("circleci: config.yml: ", said);
    assertThat(result.status()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"slipwayCompute, project", "roles/storage.objectAdmin, uploads"})
  void findsARightTooMuch(String role, String where) throws Exception {
    Files.writeString(
        bindings,
        "- {member: ci, role: " + role + ", where: " + where + "}\n",
        StandardOpenOption.APPEND);

    Program.Result result = check();

    assertThat(result.errors()).contains("bindings.yaml: ci may not have " + role);
    assertThat(result.status()).isOne();
  }

  private void plant(String right, String wrong) throws Exception {
    String text = Files.readString(config);
    int at = text.indexOf(right);
    assertThat(at).as(right).isNotNegative();
    Files.writeString(config, text.substring(0, at) + wrong + text.substring(at + right.length()));
  }

  private Program.Result check() throws Exception {
    return Program.at(CHECK, home).run(config.toString(), bindings.toString());
  }
}
