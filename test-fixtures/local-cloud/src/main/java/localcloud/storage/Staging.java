package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32C;
import localcloud.world.refusals.ApiException;

/** Content on its way in: in a file of its own, summed as it comes, not yet part of any object. */
public final class Staging implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final ThreadLocal<byte[]> BUFFER =
      ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);

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

  /**
   * Appends up to {@code atMost} bytes and returns how many the stream had. What came before a
   * failure stays.
   */
  public long receive(InputStream in, long atMost) throws IOException {
    byte[] buffer = BUFFER.get();
    long taken = 0;
    while (taken < atMost) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, atMost - taken));
      if (read < 0) {
        break;
      }
      out.write(buffer, 0, read);
      crc32c.update(buffer, 0, read);
      md5.update(buffer, 0, read);
      taken += read;
      size += read;
    }
    return taken;
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
