package infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import slipway.record.Stage;

/**
 * Metrics, alerts and the queries of function/README.md look for what the function writes into its
 * log.
 */
class InfraLogTest {
  private static final Path README = Path.of("../../function/README.md");
  private static final Path FUNCTION = Path.of("../../function/src/main/java/slipway");

  @Test
  void everyEventIsOneOfTheFunctions() throws IOException {
    assertThat(lookedFor("\\\\\"([a-z]+[.][a-z-]+)\\\\\""))
        .contains("deployment.finished", "settings.refused")
        .isSubsetOf(inTheFunction("\"([a-z]+[.][a-z-]+)\""));
  }

  @Test
  void everyOutcomeIsAStageThatEnds() throws IOException {
    assertThat(lookedFor("outcome=\\\\\"([a-z-]+)"))
        .contains("rolled-back")
        .allMatch(
            outcome ->
                Stream.of(Stage.values())
                    .anyMatch(stage -> stage.isTerminal() && stage.toString().equals(outcome)));
  }

  @Test
  void everyFieldIsOneOfTheFunctions() throws IOException {
    assertThat(lookedFor("jsonPayload[.]([a-z]+)"))
        .contains("event", "seconds", "generation")
        .isSubsetOf(inTheFunction("\"([a-z]+)\""));
  }

  /** What README and Terraform look for. */
  private static Set<String> lookedFor(String pattern) throws IOException {
    Set<String> all = found(Terraform.infra(), ".tf", Pattern.compile(pattern));
    all.addAll(found(README, ".md", Pattern.compile(pattern)));
    return all;
  }

  private static Set<String> inTheFunction(String pattern) throws IOException {
    return found(FUNCTION, ".java", Pattern.compile(pattern));
  }

  /** What the pattern's group matches in the files of a folder. */
  private static Set<String> found(Path folder, String ending, Pattern pattern) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      Set<String> found = new TreeSet<>();
      for (Path file : all.filter(one -> one.toString().endsWith(ending)).toList()) {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(1));
        }
      }
      return found;
    }
  }
}
