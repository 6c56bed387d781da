package benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts objects into the local cloud's Cloud Storage with as little work of its own as HTTP/1.1
 * takes: what is measured is the server.
 */
public final class StoreLoad {
  private static final int SMALL_BYTES = 100;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LARGEST_HEAD = 8192;

  private final int port;
  private final String bucket;

  private StoreLoad(int port, String bucket) {
    this.port = port;
    this.bucket = bucket;
  }

  /**
   * Takes the port, the bucket, a prefix of names, how many objects of 100 bytes, and how many
   * connections; or the port, the bucket, and a file to upload once. Prints the seconds.
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    StoreLoad load = new StoreLoad(Integer.parseInt(args[0]), args[1]);
    if (args.length == 3) {
      Stopwatch watch = Stopwatch.start();
      load.upload(Path.of(args[2]));
      Child.say("seconds", watch.seconds());
      return;
    }
    int count = Integer.parseInt(args[3]);
    int connections = Integer.parseInt(args[4]);
    // The first few find the JVM cold, here and there.
    load.put(args[2] + "first-", count / 10, connections);
    Stopwatch watch = Stopwatch.start();
    load.put(args[2], count - count / 10, connections);
    Child.say("seconds", watch.seconds());
    Child.say("puts", count - count / 10.0);
  }

  private void put(String prefix, int count, int connections)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      workers.add(() -> putOnOne(prefix, next, count));
    }
    for (Future<Integer> worker : threads.invokeAll(workers)) {
      worker.get();
    }
    threads.shutdown();
  }

  private int putOnOne(String prefix, AtomicInteger next, int count) throws IOException {
    byte[] content = new byte[SMALL_BYTES];
    Arrays.fill(content, (byte) 'x');
    try (Socket socket = connect()) {
      int mine = next.getAndIncrement();
      while (mine < count) {
        byte[] head = head(prefix + mine, SMALL_BYTES);
        byte[] request = Arrays.copyOf(head, head.length + SMALL_BYTES);
        System.arraycopy(content, 0, request, head.length, SMALL_BYTES);
        socket.getOutputStream().write(request);
        requireOk(socket.getInputStream());
        mine = next.getAndIncrement();
      }
      return mine;
    }
  }

  private void upload(Path file) throws IOException {
    try (Socket socket = connect();
        InputStream in = Files.newInputStream(file)) {
      OutputStream out = socket.getOutputStream();
      out.write(head("large", Files.size(file)));
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
      requireOk(socket.getInputStream());
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private byte[] head(String name, long length) {
    String path = "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=" + name;
    String lines =
        String.join(
            "\r\n",
            "POST " + path + " HTTP/1.1",
            "Host: localhost:" + port,
            "Content-Type: application/octet-stream",
            "Content-Length: " + length,
            "",
            "");
    return lines.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads one answer to its end. */
  private static void requireOk(InputStream in) throws IOException {
    byte[] bytes = new byte[LARGEST_HEAD];
    int have = 0;
    int end = -1;
    while (end < 0) {
      int read = in.read(bytes, have, bytes.length - have);
      if (read <= 0) {
        throw new EOFException("the answer ended in its head");
      }
      have += read;
      end = new String(bytes, 0, have, StandardCharsets.US_ASCII).indexOf("\r\n\r\n");
    }
    String head = new String(bytes, 0, end, StandardCharsets.US_ASCII);
    in.skipNBytes(Math.max(0, length(head) - (have - end - "\r\n\r\n".length())));
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException("expected 200, found " + head);
    }
  }

  private static long length(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "Content-length:", 0, 15))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }
}
