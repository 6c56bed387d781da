package infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localcloud.judges.Program;

/** The real {@code terraform}, in a copy of infra/, which may be changed. */
public final class Terraform {
  /** What infra/check says, too, where it cannot have them. */
  static final String NO_PROVIDERS = "the providers cannot be had";

  private static final Path INFRA = Path.of("../../infra").toAbsolutePath().normalize();
  private static final List<String> KEPT =
      List.of(".tf", ".yaml", ".hcl", ".mjs", "schema.json", "check", "lock");

  private final Program program;
  private final Path infra;
  private final Path folder;

  /**
   * Skips the calling test, and says so, where terraform is not installed.
   *
   * @param part the folder of infra/ that it works in, such as modules/group; empty for infra/
   */
  public Terraform(Path home, String part) throws IOException {
    infra = home.resolve("infra");
    copy(INFRA, infra);
    folder = infra.resolve(part);
    program =
        Program.named("terraform", home)
            .with("CHECKPOINT_DISABLE", "1")
            .with("TF_IN_AUTOMATION", "1")
            .within(Duration.ofMinutes(8));
    String providers = System.getenv("TF_CLI_CONFIG_FILE");
    if (providers != null) {
      program.with("TF_CLI_CONFIG_FILE", providers);
    }
  }

  static Path infra() {
    return INFRA;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Terraform::isKept).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static boolean isKept(Path file) {
    return Files.isRegularFile(file)
        && !file.toString().matches(".*/(node_modules|[.]terraform|[.]build)/.*")
        && KEPT.stream().anyMatch(file.getFileName().toString()::endsWith);
  }

  /** The copy of infra/. */
  Path copy() {
    return infra;
  }

  /** Leaves these files of the folder alone, which then need no provider. */
  public Terraform only(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!List.of(names).contains(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    return this;
  }

  /** Skips the calling test where Google's provider is neither installed nor to be downloaded. */
  public Terraform withProviders() throws IOException, InterruptedException {
    succeed("get");
    boolean lacking = run("validate").all().matches("(?s).*(lock file|required provider).*");
    assumeTrue(
        !lacking || run("init", "-backend=false", "-input=false").status() == 0,
        "Skipped: terraform did not run, since " + NO_PROVIDERS);
    return this;
  }

  /** Runs it in the folder; fails the test unless it succeeds. */
  public String succeed(String command, String... words) throws IOException, InterruptedException {
    return program.succeed(words(command, words)).output();
  }

  /** Runs it in the folder. */
  public Program.Result run(String command, String... words)
      throws IOException, InterruptedException {
    return program.run(words(command, words));
  }

  /** Plans with these variables, in JSON. */
  public Program.Result plan(Map<String, ?> variables) throws IOException, InterruptedException {
    give(variables);
    return run("plan", "-input=false", "-no-color", "-detailed-exitcode");
  }

  /** From now on its variables are these. */
  public void give(Map<String, ?> variables) throws IOException {
    Files.writeString(folder.resolve("terraform.tfvars.json"), new Gson().toJson(variables));
  }

  private String[] words(String command, String... words) {
    List<String> all = new ArrayList<>(List.of("-chdir=" + folder, command));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  /** Applies these variables, and reads an output that is a map of texts. */
  public Map<String, String> output(String name, Map<String, ?> variables)
      throws IOException, InterruptedException {
    give(variables);
    succeed("apply", "-auto-approve", "-input=false");
    JsonObject output = JsonParser.parseString(succeed("output", "-json", name)).getAsJsonObject();
    Map<String, String> texts = new TreeMap<>();
    output.entrySet().forEach(one -> texts.put(one.getKey(), one.getValue().getAsString()));
    return texts;
  }

  /** Changes a file of the copy, as a person would who errs. */
  public Terraform plant(String file, String right, String wrong) throws IOException {
    Path path = infra.resolve(file);
    String text = Files.readString(path);
    if (!text.contains(right)) {
      throw new AssertionError(file + " does not hold: " + right);
    }
    Files.writeString(
        path, text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));
    return this;
  }
}
