package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A port in front of another one, from which each connection gets so many bytes a second. */
final class Throttle implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** A pause ends later than it should; that must not add up. */
  private static final double TOLERANCE_SECONDS = 0.01;

  private final ServerSocket server;
  private final int target;
  private final double bytesPerSecond;

  private Throttle(ServerSocket server, int target, double bytesPerSecond) {
    this.server = server;
    this.target = target;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Starts on a free port. */
  static Throttle start(int target, double bytesPerSecond) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Throttle throttle = new Throttle(server, target, bytesPerSecond);
    daemon(throttle::accept);
    return throttle;
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
      daemon(() -> copy(near, far, Double.POSITIVE_INFINITY));
      daemon(() -> copy(far, near, bytesPerSecond));
    }
  }

  private static void copy(Socket from, Socket to, double bytesPerSecond) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      Stopwatch watch = Stopwatch.start();
      double due = 0;
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
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
            "throttle");
    thread.setDaemon(true);
    thread.start();
  }
}
