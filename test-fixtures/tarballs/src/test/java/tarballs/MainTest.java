package tarballs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void listsEveryKind() {
    assertThat(run("--list")).isZero();
    assertThat(text(out).lines()).hasSize(Kind.values().length);
    assertThat(text(out))
        .contains("sparse-10-gib        good ")
        .contains("double-gzip          bad ");
  }

  @Test
  void makesTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("1.tar.gz");
    Path second = folder.resolve("2.tar.gz");

    assertThat(run("sparse", first.toString(), "--version", "3", "--error-every", "5")).isZero();
    Tarball.write(Kind.SPARSE, SimulatedDisk.healthy("3").failingEvery(5), second);

    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(text(out)).startsWith(first + ": as GNU tar --format=oldgnu -Sczf makes it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense FILE                      | (KIND): expected one that make --list shows, found nonsense
          sparse                             | Missing required argument(s): FILE
          --list sparse                      | Missing required argument(s): FILE
          sparse FILE --boot-seconds soon    | option '--boot-seconds': expected a whole number of seconds from 0 on, found soon
          sparse FILE --dies-after -1        | option '--dies-after': expected a whole number of seconds from 0 on, found -1
          sparse FILE --error-every 0        | option '--error-every': expected a whole number of requests from 1 on, found 0
          sparse FILE --version              | option '--version'
          sparse FILE --version --unhealthy  | Expected parameter for option '--version' but found '--unhealthy'
          sparse FILE --colour               | option: '--colour'
          sparse /no/such/folder/x.tar.gz    | (FILE): there is no folder /no/such/folder
          """)
  void refusesWrongArguments(String arguments, String message) {
    Path file = folder.resolve("x.tar.gz");

    assertThat(run(arguments.replace("FILE", file.toString()).split(" "))).isEqualTo(2);
    assertThat(text(err)).startsWith("make: ").contains(message);
    assertThat(file).doesNotExist();
  }

  private int run(String... args) {
    return Main.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
