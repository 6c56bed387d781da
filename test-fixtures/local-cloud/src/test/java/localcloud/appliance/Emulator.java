package localcloud.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localcloud.ports.ReservedPort;
import org.awaitility.Awaitility;

/** One machine with Compute Engine's devices, in QEMU without KVM; it ends with this object. */
final class Emulator implements AutoCloseable {
  /** Ten times what a boot takes on a machine that has nothing else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration ANSWER = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path console;
  private final Path monitor;
  private final ReservedPort port = new ReservedPort();
  private final Process process;

  /**
   * Starts the machine; its disk is not written to.
   *
   * @param folder an existing folder, with a short path: a socket of the machine goes there
   */
  Emulator(Path disk, Path folder) throws IOException {
    console = folder.resolve("console");
    monitor = folder.resolve("monitor");
    process =
        new ProcessBuilder(command(disk))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("qemu.log").toFile())
            .start();
  }

  private List<String> command(Path disk) {
    return List.of(
        "qemu-system-x86_64",
        "-machine",
        "pc,accel=tcg",
        "-m",
        "192",
        "-nodefaults",
        "-display",
        "none",
        "-no-reboot",
        "-snapshot",
        "-drive",
        "if=none,id=boot,format=raw,file=" + disk,
        "-device",
        "virtio-scsi-pci",
        "-device",
        "scsi-hd,drive=boot",
        "-netdev",
        "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:" + port.number() + "-:80",
        "-device",
        "virtio-net-pci,netdev=net,romfile=", // Compute Engine boots from its disk alone
        "-serial",
        "file:" + console,
        "-monitor",
        "unix:" + monitor + ",server,nowait");
  }

  /** What the machine has written to its first serial port. */
  String console() throws IOException {
    return Files.exists(console) ? Files.readString(console, UTF_8) : "";
  }

  /** Waits until the machine has written this; fails with all that it wrote. */
  void awaitConsole(String text) {
    Awaitility.await(text)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(console()).contains(text));
  }

  /** Waits until the machine is off; fails if it stays on. */
  void awaitOff() throws Exception {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the machine is still on; its console: " + console());
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port.number() + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(ANSWER).build(), BodyHandlers.ofString());
  }

  /** Presses the power button, as Compute Engine does to stop an instance. */
  void pressPowerButton() throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(monitor));
      channel.write(ByteBuffer.wrap("system_powerdown\n".getBytes(UTF_8)));
      channel.shutdownOutput();
      ByteBuffer answer = ByteBuffer.allocate(1 << 12);
      while (channel.read(answer.clear()) >= 0) {
        // The monitor reads its line before it lets go.
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    port.close();
  }
}
