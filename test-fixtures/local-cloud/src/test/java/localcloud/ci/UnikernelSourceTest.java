package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The unikernel's own sources, as far as they can be judged without MirageOS, and how its build
 * holds the lock. opam, the mirage tool and make are stand-ins here: the real ones take an hour and
 * the network.
 */
class UnikernelSourceTest {
  private static final Path FOLDER = Path.of("../unikernel").toAbsolutePath().normalize();

  /**
   * Answers for opam, mirage, ocamlc and make, by the name it is called by. What they say where it
   * matters was recorded from opam 2.1.2 and mirage 4.11.0; how dune 3.24 ends is as issue 16226 of
   * ocaml/dune shows it.
   */
  private static final List<String> STAND_IN =
      List.of(
          "#!/bin/bash",
          "echo \"${0##*/} $*\" >> calls",
          "case ${0##*/}-$1 in",
          "  opam-init) mkdir -p .opam && touch .opam/config ;;",
          "  opam-switch) mkdir -p _opam/.opam-switch ;;",
          // Left to itself, opam takes the newest.
          "  opam-install) [[ $* =~ dune.(3[.0-9]+) ]] && dune=${BASH_REMATCH[1]}",
          "    echo ${dune:-3.24.1} > _opam/dune ;;",
          "  ocamlc-*) echo 5.4.1 ;;",
          "  mirage---version) echo v4.11.0 ;;",
          "  mirage-configure) mkdir -p mirage; [[ $* != *--dhcp* ]] || {",
          "    echo 'mirage: unknown option --dhcp. Did you mean --utcp?' >&2; exit 1; } ;;",
          "  make-lock) [[ $(grep -c 'max:\"3.24\"' config.ml) == 2 ]] || echo dune 3.24.1 > solution",
          "    cp solution mirage/site-virtio.opam.locked ;;",
          "  make-pull) mkdir -p duniverse ;;",
          "  make-build) [[ $(cat _opam/dune) == 3.23.* ]] || {",
          "      echo '(\"Filename.of_string_exn: invalid filename\", { filename = \"\" })' >&2",
          "      exit 1; }",
          "    mkdir -p dist && echo elf > dist/site.virtio ;;",
          "esac");

  @TempDir Path home;

  @Test
  void answersAsItShould() throws Exception {
    Program.named("ocamlc", home);

    Result result = Program.at(FOLDER.resolve("check/run"), home).succeed();

    assertThat(result.output()).contains("http: every answer is right", "the types of config.ml");
  }

  @Test
  void everyRepositoryIsPinnedToACommit() throws Exception {
    assertThat(Files.readAllLines(FOLDER.resolve("pins")).stream().filter(l -> l.contains("git+")))
        .hasSize(3)
        .allMatch(line -> line.matches("[A-Z_]+=git\\+https://\\S+\\.git#[0-9a-f]{40}"));
  }

  @Test
  void buildsWhatTheLockSaysAndProvesItOnce() throws Exception {
    Program build = build("one solution");
    Files.writeString(home.resolve("site.opam.locked"), "one solution");

    assertThat(build.succeed().output()).contains("dist/site.virtio, 4 bytes");
    assertThat(calls())
        .contains(
            "opam install ocaml-base-compiler.5.4.1 dune.3.23.1 mirage.4.11.0",
            "make lock",
            "make install-switch pull",
            "make build")
        .anyMatch(call -> call.startsWith("mirage configure -t virtio --extra-repos="));
    Files.delete(home.resolve("calls"));

    build.succeed();
    assertThat(calls()).contains("make build").doesNotContain("make lock");
    assertThat(home.resolve("mirage/site-virtio.opam.locked")).hasContent("one solution");
  }

  /** What this build got wrong before anybody had run it. */
  @ParameterizedTest
  @CsvSource({
    "build, ${found#v}, $found, 'expected mirage 4.11.0, found v4.11.0'",
    "build, '-t virtio', '-t virtio --dhcp=true', 'mirage: unknown option --dhcp.'",
    "build, '\"dune.$DUNE\"', '', 'Filename.of_string_exn: invalid filename'",
    "config.ml, '~max:\"3.24\" \"dune\"', '\"dune\"', 'site.opam.locked is not what pins give'",
    "config.ml, '~max:\"3.24\" \"dune-configurator\"', '\"dune-configurator\"', 'site.opam.locked is not'"
  })
  void theStandInsRefuseAsTheProgramsDo(String file, String right, String wrong, String said)
      throws Exception {
    Program build = build("one solution");
    Files.writeString(home.resolve("site.opam.locked"), "one solution");
    String text = Files.readString(home.resolve(file));
    assertThat(text).contains(right);
    Files.writeString(home.resolve(file), text.replace(right, wrong == null ? "" : wrong));

    Result result = build.run();

    assertThat(result.errors()).contains(said);
    assertThat(result.status()).isNotZero();
  }

  @Test
  void theLockIsOfThePinnedVersions() throws Exception {
    String pins = Files.readString(FOLDER.resolve("pins"));
    String lock = Files.readString(FOLDER.resolve("site.opam.locked"));

    assertThat(pins).contains("OCAML=5.4.1\n", "DUNE=3.23.1\n");
    assertThat(lock)
        .contains("\"ocaml\" {= \"5.4.1\"}", "\"dune\" {= \"3.23.1\"}", "\"solo5\" {= \"0.10.1\"}");
  }

  @Test
  void stopsWithoutALockAndGivesOneToCommit() throws Exception {
    Program build = build("one solution");

    Result result = build.run();

    assertThat(result.output()).contains("one solution");
    assertThat(result.errors()).contains("site.opam.locked is not there", "made.opam.locked");
    assertThat(result.status()).isOne();
    assertThat(home.resolve("made.opam.locked")).hasContent("one solution");
    assertThat(home.resolve("dist")).doesNotExist();

    build.succeed("--lock");
    assertThat(home.resolve("site.opam.locked")).hasContent("one solution");
  }

  @Test
  void stopsWhereTheLockIsAnother() throws Exception {
    Program build = build("another solution");
    Files.writeString(home.resolve("site.opam.locked"), "one solution");

    Result result = build.run();

    assertThat(result.output()).contains("-one solution", "+another solution");
    assertThat(result.errors()).contains("site.opam.locked is not what pins give");
    assertThat(result.status()).isOne();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  /** A copy of the build, with stand-ins that find this solution. */
  private Program build(String solution) throws IOException {
    for (String file : List.of("build", "pins", "config.ml")) {
      Files.copy(FOLDER.resolve(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.writeString(home.resolve("solution"), solution);
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String name : List.of("opam", "mirage", "ocamlc", "make")) {
      assertThat(Files.write(bin.resolve(name), STAND_IN).toFile().setExecutable(true)).isTrue();
    }
    return Program.at(home.resolve("build"), home).with("PATH", bin + ":" + System.getenv("PATH"));
  }
}
