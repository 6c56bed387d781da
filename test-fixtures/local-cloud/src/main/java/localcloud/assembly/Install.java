package localcloud.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.access.Grants;

/** The checkout that the commands belong to; the scripts name it. */
public record Install(Path root) {
  private static final String PROPERTY = "localcloud.root";

  /** The checkout that the script named. */
  public static Install found() {
    String root = System.getProperty(PROPERTY);
    if (root == null) {
      throw CommandFault.failed(
          "-D%s is not set: start this with test-fixtures/local-cloud/up, env or down", PROPERTY);
    }
    return new Install(Path.of(root).toAbsolutePath().normalize());
  }

  Path invoker() {
    return built(module().resolve("target/invoker/invoker-1.4.jar"));
  }

  Path functionJar() {
    return built(root.resolve("function/target/deployment/slipway.jar"));
  }

  /** What Terraform would grant in a real project. */
  public Grants grants() throws IOException {
    return Grants.read(root.resolve("infra"), Names.BUCKETS);
  }

  public Appliance appliance() {
    return new Appliance(root.resolve("test-fixtures/appliance/build"));
  }

  /** What gives real machines their network. */
  public Path bootCheck() {
    return root.resolve(".circleci/boot-check");
  }

  /** The program that builds it, as one types it here. */
  public String applianceBuild() {
    return Shell.quote(shown(appliance().build()));
  }

  /** Where everything is kept unless {@code --data} says otherwise. */
  public Path defaultData() {
    return module().resolve("target/data");
  }

  /** The same for the demo. */
  public Path demoData() {
    return module().resolve("target/demo");
  }

  /** A script beside {@code up}, as one types it here. */
  public String command(String script) {
    return Shell.quote(shown(module().resolve(script)));
  }

  /** The same with the data folder, where that is not the default. */
  public String command(String script, DataFolder data) {
    String option =
        data.path().equals(defaultData()) ? "" : " --data " + Shell.quote(shown(data.path()));
    return command(script) + option;
  }

  /** The program that makes tarballs, as one types it here. */
  public String tarballsMake() {
    return Shell.quote(shown(root.resolve("test-fixtures/tarballs/make")));
  }

  /** Relative to the working folder where it lies in it. */
  public static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private Path module() {
    return root.resolve("test-fixtures/local-cloud");
  }

  private Path built(Path file) {
    if (!Files.isRegularFile(file)) {
      throw CommandFault.failed(
          "%s is missing: build it with%n  mvn -q -B -DskipTests package -f %s",
          file, Shell.quote(root.resolve("pom.xml").toString()));
    }
    return file;
  }
}
