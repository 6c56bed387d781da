package infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code infra/README.md} tells a newcomer to type. */
class InfraReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("-var='?([a-z_]+)=");

  @Test
  void fromAnEmptyProjectToTheFirstDeployTakesEightCommands() throws IOException {
    assertThat(blocks().get(0).lines())
        .hasSizeBetween(1, 8)
        .first()
        .asString()
        .startsWith("gcloud auth login");
    assertThat(blocks().get(0).lines().toList().get(7)).contains("gcloud storage cp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infra", "infra/examples/existing-group"})
  void everyVariableThatIsGivenIsThere(String root) throws IOException {
    String declared = declarations(root);
    List<String> given =
        blocks().stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("terraform -chdir=" + root + " apply "))
            .flatMap(line -> VARIABLE.matcher(line).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(given)
        .contains("project", "alert_emails")
        .allSatisfy(name -> assertThat(declared).contains("variable \"" + name + "\" {"));
  }

  private static String declarations(String root) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(Terraform.infra().resolveSibling(root))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".tf")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static List<String> blocks() throws IOException {
    String page = Files.readString(Terraform.infra().resolve("README.md"));
    return BLOCK.matcher(page).results().map(one -> one.group(1)).toList();
  }
}
