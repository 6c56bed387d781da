package benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import localcloud.events.FinalizeEvent;
import localcloud.events.InvokerCommand;
import localcloud.ports.ReservedPort;

/** One new process of the Functions Framework's invoker, started as the platform starts it. */
final class Invoker implements AutoCloseable {
  private static final int PROBE_MILLIS = 2;
  private static final int PROBES = 120_000 / PROBE_MILLIS;
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final ReservedPort port;

  private Invoker(Process process, ReservedPort port) {
    this.process = process;
    this.port = port;
  }

  /**
   * What is started.
   *
   * @param java the command before the invoker's jar: java and its options, and what limits it
   * @param invoker the invoker's jar
   * @param classpath the function's jar
   * @param target its class
   */
  record Plan(List<String> java, Path invoker, Path classpath, String target) {}

  /**
   * A java that has so many MiB, with the options of infra/modules/slipway: what the platform's
   * launcher says of the memory (launch.sh in cmd/java/functions_framework of
   * GoogleCloudPlatform/buildpacks), and a quick start.
   */
  static List<String> small(String java, int mib) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-XX:MaxRAM=" + mib + "m", "-XX:MaxRAMPercentage=70"));
    command.addAll(InvokerCommand.QUICK_START);
    return command;
  }

  /** Starts it with this environment and does not wait; its output goes into the file. */
  static Invoker start(Plan plan, Map<String, String> environment, Path log) throws IOException {
    ReservedPort reserved = new ReservedPort();
    String port = Integer.toString(reserved.number());
    List<String> command = new ArrayList<>(plan.java());
    command.addAll(List.of("-jar", plan.invoker().toString()));
    command.addAll(List.of("--classpath", plan.classpath().toString()));
    command.addAll(List.of("--target", plan.target(), "--port", port));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().retainAll(PASSED_ON);
    process.environment().putAll(environment);
    process.environment().put("FUNCTION_TARGET", plan.target());
    process.environment().put("FUNCTION_SIGNATURE_TYPE", "cloudevent");
    process.environment().put("PORT", port);
    process.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Invoker(process.start(), reserved);
  }

  /**
   * Returns once it takes connections.
   *
   * @throws IOException if it ends before that, or does not within two minutes
   */
  void awaitReady() throws IOException, InterruptedException {
    for (int probe = 0; probe < PROBES; probe++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
        return;
      } catch (IOException notYet) {
        if (process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException("the invoker ended with exit code " + process.exitValue(), notYet);
        }
      }
    }
    throw new IOException("the invoker took no connections within two minutes");
  }

  /** Posts the event as Eventarc does, and does not wait; gives the status of the answer. */
  CompletableFuture<Integer> post(FinalizeEvent event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + "/"))
            .POST(HttpRequest.BodyPublishers.ofString(event.body()));
    event.headers().forEach(request::header);
    return CLIENT
        .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as a kill -9 does, and waits for that. */
  @Override
  public void close() {
    process.destroyForcibly();
    try (port) {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
