package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A port in front of another one, which notes when it is first called, and from which each
 * connection gets so many bytes a second.
 */
final class Relay implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** A pause ends later than it should; that must not add up. */
  private static final double TOLERANCE_SECONDS = 0.01;

  private final ServerSocket server;
  private final int target;
  private final double bytesPerSecond;
  private final CompletableFuture<Void> called = new CompletableFuture<>();

  private Relay(ServerSocket server, int target, double bytesPerSecond) {
    this.server = server;
    this.target = target;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Starts on a free port. */
  static Relay start(int target, double bytesPerSecond) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(server, target, bytesPerSecond);
    daemon(relay::accept);
    return relay;
  }

  /** Starts on a free port, as fast as it goes. */
  static Relay start(int target) throws IOException {
    return start(target, Double.POSITIVE_INFINITY);
  }

  /** Completes when the first byte of the first call comes. */
  CompletableFuture<Void> called() {
    return called;
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket near = server.accept();
      Socket far = new Socket();
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      daemon(() -> copy(near, far, Double.POSITIVE_INFINITY, () -> called.complete(null)));
      daemon(() -> copy(far, near, bytesPerSecond, () -> {}));
    }
  }

  private static void copy(Socket from, Socket to, double bytesPerSecond, Runnable begins)
      throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      Stopwatch watch = Stopwatch.start();
      double due = 0;
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        begins.run();
        out.write(chunk, 0, count);
        // A slow receiver gets no more afterwards: that time of the line is gone.
        due = Math.max(due, watch.seconds() - TOLERANCE_SECONDS) + count / bytesPerSecond;
        pauseUntil(due, watch);
      }
    }
  }

  private static void pauseUntil(double due, Stopwatch watch) {
    for (double left = due - watch.seconds(); left > 0; left = due - watch.seconds()) {
      LockSupport.parkNanos((long) (left * TimeUnit.SECONDS.toNanos(1)));
    }
  }

  /** Connections end as their peers like. */
  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // The other side is gone, or the benchmark is over.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
