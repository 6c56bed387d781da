package localcloud.machines;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks with one QEMU by its machine protocol (QMP) over the process's standard input and output:
 * which ports of the guest shall be reached is not known when it starts.
 */
final class QemuMonitor {
  /** A line of {@code info usernet}: the port on this computer, and the guest's. */
  private static final Pattern FORWARDED =
      Pattern.compile("TCP\\[HOST_FORWARD]\\s+\\d+\\s+\\S+\\s+(\\d+)\\s+\\S+\\s+(\\d+)\\s");

  /** The machine's address on the network of {@code boot-check --wire}. */
  private static final String ADDRESS = "10.128.0.2";

  private final BufferedReader answers;
  private final Writer commands;
  private final Map<Integer, CompletableFuture<InetSocketAddress>> forwards =
      new ConcurrentHashMap<>();
  private boolean greeted;

  QemuMonitor(Process qemu) {
    answers = qemu.inputReader(UTF_8);
    commands = qemu.outputWriter(UTF_8);
  }

  /**
   * Where this TCP port of the guest is reached from now on; the first call opens it, on a free
   * port of the loopback interface. Fails if QEMU has ended.
   */
  CompletableFuture<InetSocketAddress> forward(int port) {
    return forwards.computeIfAbsent(
        port, fresh -> CompletableFuture.supplyAsync(() -> open(fresh), QemuMonitor::inThread));
  }

  private synchronized InetSocketAddress open(int port) {
    try {
      if (!greeted) {
        execute("qmp_capabilities", new JsonObject());
        greeted = true;
      }
      String refusal = human("hostfwd_add net tcp:127.0.0.1:0-" + ADDRESS + ":" + port);
      Matcher forwarded = FORWARDED.matcher(human("info usernet"));
      while (forwarded.find()) {
        if (Integer.parseInt(forwarded.group(2)) == port) {
          return new InetSocketAddress(
              InetAddress.getLoopbackAddress(), Integer.parseInt(forwarded.group(1)));
        }
      }
      throw new IOException("QEMU does not forward port " + port + ": " + refusal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String human(String line) throws IOException {
    JsonObject arguments = new JsonObject();
    arguments.addProperty("command-line", line);
    return execute("human-monitor-command", arguments).getAsString();
  }

  /** What else it tells meanwhile, its greeting and events, is passed over. */
  private JsonElement execute(String command, JsonObject arguments) throws IOException {
    JsonObject request = new JsonObject();
    request.addProperty("execute", command);
    request.add("arguments", arguments);
    commands.write(request + "\n");
    commands.flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
      if (answer.has("return")) {
        return answer.get("return");
      } else if (answer.has("error")) {
        throw new IOException("QEMU refused " + request + ": " + answer.get("error"));
      }
    }
    throw new IOException("QEMU has ended");
  }

  private static void inThread(Runnable task) {
    Thread thread = new Thread(task, "QEMU's monitor");
    thread.setDaemon(true);
    thread.start();
  }
}
