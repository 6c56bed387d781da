package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Content on its way in: in a file of its own, summed as it comes, not yet part of any object. */
public final class Staging implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Less than this is summed in less time than another thread takes to begin. */
  private static final int SMALL_BYTES = 1 << 14;

  /** Two, so that one may be summed while the other is filled. */
  private static final ThreadLocal<byte[][]> BUFFERS =
      ThreadLocal.withInitial(() -> new byte[2][BUFFER_BYTES]);

  private static final ExecutorService SUMMERS = Executors.newCachedThreadPool(Staging::thread);
  private static final Future<?> NOTHING = CompletableFuture.completedFuture(null);

  private final Path file;
  private final OutputStream out;
  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest md5;
  private long size;

  Staging(Path file) throws IOException {
    this.file = file;
    this.out = Files.newOutputStream(file);
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has MD5", impossible);
    }
  }

  /** How much of a buffer came, and what ended it before it was full. */
  private record Filled(int bytes, @Nullable IOException failure) {}

  /**
   * Appends up to {@code atMost} bytes and returns how many the stream had. What came before a
   * failure stays.
   */
  public long receive(InputStream in, long atMost) throws IOException {
    byte[][] buffers = BUFFERS.get();
    Future<?> summing = NOTHING;
    long taken = 0;
    try {
      for (int turn = 0; taken < atMost; turn = 1 - turn) {
        byte[] buffer = buffers[turn];
        int wanted = (int) Math.min(buffer.length, atMost - taken);
        Filled filled = fill(in, buffer, wanted);
        // While this came, the one before was summed; while this is written, it is summed itself.
        await(summing);
        summing = sum(buffer, filled.bytes());
        out.write(buffer, 0, filled.bytes());
        taken += filled.bytes();
        size += filled.bytes();
        if (filled.failure() != null) {
          throw filled.failure();
        }
        if (filled.bytes() < wanted) {
          break;
        }
      }
      return taken;
    } finally {
      await(summing);
    }
  }

  private static Filled fill(InputStream in, byte[] buffer, int wanted) {
    int filled = 0;
    try {
      while (filled < wanted) {
        int read = in.read(buffer, filled, wanted - filled);
        if (read < 0) {
          break;
        }
        filled += read;
      }
      return new Filled(filled, null);
    } catch (IOException failure) {
      return new Filled(filled, failure);
    }
  }

  private Future<?> sum(byte[] buffer, int length) {
    Runnable sums =
        () -> {
          crc32c.update(buffer, 0, length);
          md5.update(buffer, 0, length);
        };
    if (length > SMALL_BYTES) {
      return SUMMERS.submit(sums);
    }
    sums.run();
    return NOTHING;
  }

  private static void await(Future<?> summing) throws IOException {
    try {
      summing.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while content was summed up");
    } catch (ExecutionException failure) {
      throw new IOException("summing up content", failure);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sums");
    thread.setDaemon(true);
    return thread;
  }

  /** Appends all that the stream has. */
  public long receive(InputStream in) throws IOException {
    return receive(in, Long.MAX_VALUE);
  }

  /** Bytes received so far. */
  public long size() {
    return size;
  }

  /** Discards the content, unless it has been published. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }

  /** Closes the file and sums it up; refuses with 400 if the uploader declared other sums. */
  Content finish(StorageObject declared) throws IOException {
    out.close();
    byte[] crc = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c.getValue()).array();
    String crcText = Base64.getEncoder().encodeToString(crc);
    String md5Text = Base64.getEncoder().encodeToString(md5.digest());
    compare("CRC32C", declared.getCrc32c(), crcText);
    compare("MD5 hash", declared.getMd5Hash(), md5Text);
    return new Content(file, size, crcText, md5Text, null);
  }

  private static void compare(String sum, String declared, String calculated) {
    if (declared != null && !declared.equals(calculated)) {
      String message = "Provided %s \"%s\" doesn't match calculated %s \"%s\".";
      throw new ApiException(
          400, "invalid", String.format(Locale.ROOT, message, sum, declared, sum, calculated));
    }
  }
}
