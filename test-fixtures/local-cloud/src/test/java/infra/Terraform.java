package infra;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localcloud.judges.Program;

/** The real {@code terraform}, which needs no provider for values that depend on none. */
public final class Terraform {
  private static final Path INFRA = Path.of("../../infra").toAbsolutePath().normalize();

  private final Program program;
  private final Path folder;

  /**
   * A copy of a part of infra/, which may be changed. Skips the calling test, and says so, where
   * terraform is not installed.
   *
   * @param part a folder within infra/, or the empty path for infra/ itself
   */
  public Terraform(Path home, String part) throws IOException {
    folder = Files.createDirectories(home.resolve("infra"));
    copy(INFRA.resolve(part), folder);
    program =
        Program.named("terraform", home)
            .with("CHECKPOINT_DISABLE", "1")
            .with("TF_IN_AUTOMATION", "1");
  }

  static Path infra() {
    return INFRA;
  }

  /** Copies the .tf files of one folder. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".tf")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Runs it in the copy; fails the test unless it succeeds. */
  String succeed(String command, String... words) throws IOException, InterruptedException {
    return program.succeed(words(command, words)).output();
  }

  Program.Result run(String command, String... words) throws IOException, InterruptedException {
    return program.run(words(command, words));
  }

  private String[] words(String command, String... words) {
    List<String> all = new ArrayList<>(List.of("-chdir=" + folder, command));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  /**
   * What the function's environment holds for an example of infra/examples.
   *
   * @param variables {@code name=value}, in place of the example's
   */
  public Map<String, String> environment(String example, String... variables)
      throws IOException, InterruptedException {
    succeed("init", "-input=false");
    List<String> apply =
        new ArrayList<>(
            List.of(
                "-auto-approve",
                "-input=false",
                "-var-file=" + INFRA.resolve("examples").resolve(example + ".tfvars")));
    for (String variable : variables) {
      apply.add("-var=" + variable);
    }
    succeed("apply", apply.toArray(String[]::new));
    JsonObject output =
        JsonParser.parseString(succeed("output", "-json", "environment")).getAsJsonObject();
    Map<String, String> environment = new TreeMap<>();
    output.entrySet().forEach(one -> environment.put(one.getKey(), one.getValue().getAsString()));
    return environment;
  }

  /** Changes a file of the copy, as a person would who errs. */
  public Terraform plant(String file, String right, String wrong) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    if (!text.contains(right)) {
      throw new AssertionError(file + " does not hold: " + right);
    }
    Files.writeString(
        path, text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong)));
    return this;
  }
}
