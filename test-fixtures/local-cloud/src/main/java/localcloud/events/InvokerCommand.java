package localcloud.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one function instance is started: the Functions Framework's invoker with the deployed jar, as
 * the platform's buildpack starts it (GoogleCloudPlatform/buildpacks,
 * cmd/java/functions_framework).
 *
 * @param invoker the invoker's self-contained jar, 1.4 or 2.0
 * @param functionJar the jar that is deployed
 * @param target the class of the function
 * @param settings the function's environment variables
 * @param folder the process's working folder
 */
public record InvokerCommand(
    Path invoker, Path functionJar, String target, Map<String, String> settings, Path folder) {
  /**
   * How infra/modules/slipway has the JVM start sooner: what is called a few thousand times is not
   * compiled a second time.
   */
  public static final List<String> QUICK_START =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=100000");

  private static final String SIGNATURE = "cloudevent";

  /** Of the caller's environment only these: no credentials, no settings by accident. */
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

  /** Takes a copy of the settings. */
  public InvokerCommand {
    settings = Map.copyOf(settings);
  }

  Process start(int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Keeps several instances within a small machine; the collector is the one that a JVM takes by
    // itself with the platform's memory.
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(QUICK_START);
    command.addAll(List.of("-jar", invoker.toString(), "--classpath", functionJar.toString()));
    command.addAll(List.of("--target", target, "--port", Integer.toString(port)));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().retainAll(PASSED_ON);
    process.environment().putAll(settings);
    process.environment().put("FUNCTION_TARGET", target);
    process.environment().put("FUNCTION_SIGNATURE_TYPE", SIGNATURE);
    process.environment().put("PORT", Integer.toString(port));
    process.directory(folder.toFile());
    process.redirectErrorStream(true);
    return process.start();
  }
}
