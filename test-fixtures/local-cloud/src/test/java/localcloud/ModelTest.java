package localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A row of MODEL.md names the tests that hold it. */
class ModelTest {
  /** {@code Class#method}, {@code Class}, or another method of the class before it. */
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))?(?:#(\\w+))?`");

  @Test
  void eachTestThatItNamesIsThere() throws Exception {
    Map<String, String> tests = sources();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String row : Files.readAllLines(Path.of("MODEL.md"))) {
      String test = "";
      Matcher matcher = NAMED.matcher(row);
      while (matcher.find()) {
        test = matcher.group(1) == null ? test : matcher.group(1);
        String method = matcher.group(2) == null ? "" : "void " + matcher.group(2) + "(";
        if (test.isEmpty()) {
          continue;
        }
        named++;
        if (!tests.containsKey(test) || !tests.get(test).contains(method)) {
          missing.add(matcher.group() + " in: " + row);
        }
      }
    }
    assertThat(named).isGreaterThan(100);
    assertThat(missing).as("renamed or gone: name the test that holds the row now").isEmpty();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("", "../../function", "../../infra/page")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}
