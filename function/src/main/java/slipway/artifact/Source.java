package slipway.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import slipway.fault.Printable;
import slipway.upload.Upload;

/**
 * The upload's bytes as they are stored. Sums them while they pass, and keeps what the transport
 * does (IOException) apart from what the bytes say (Flaw).
 */
final class Source {
  /** 64 KiB: fewer calls into the transport's stream than its own chunks would take. */
  static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final Upload upload;
  private final BooleanSupplier deadlineReached;
  private final MessageDigest sha256 = sha256();
  private final CRC32C crc32c = new CRC32C();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private long total;

  Source(InputStream in, Upload upload, BooleanSupplier deadlineReached) {
    this.in = in;
    this.upload = upload;
    this.deadlineReached = deadlineReached;
  }

  long sizeBytes() {
    return upload.sizeBytes();
  }

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** Marks the last {@code count} bytes of the buffer as not yet used. */
  void giveBack(int count) {
    position = limit - count;
  }

  /** Marks the whole buffer as used. */
  void useUp() {
    position = limit;
  }

  /** The next byte, or -1 at the end. */
  int next() throws IOException {
    return ready() ? buffer[position++] & 0xff : -1;
  }

  /** Makes sure that the buffer holds at least one byte; false at the end of the upload. */
  boolean ready() throws IOException {
    return position < limit || refill();
  }

  /** Fills the buffer to the brim, but only where nothing of it was used yet: to look ahead. */
  void fillUp() throws IOException {
    while (limit < buffer.length && append()) {
      // append() moved the limit
    }
  }

  /**
   * Checks the sum, once the whole upload was read.
   *
   * @return the digest of all bytes
   * @throws IOException if the bytes were damaged on their way
   */
  Sha256 finish() throws IOException {
    String arrived = base64(crc32c.getValue());
    String stored = upload.crc32c();
    if (!arrived.equals(stored)) {
      throw new IOException(
          name()
              + ": damaged on its way: the object's CRC32C is "
              + stored
              + ", that of the bytes that arrived "
              + arrived);
    }
    return Sha256.ofDigest(sha256.digest());
  }

  /**
   * Reads the rest, so that nobody is blamed for what happened on the way.
   *
   * @throws IOException if the bytes were damaged on their way, or the connection is lost
   */
  void requireAsStored() throws IOException {
    while (!deadlineReached.getAsBoolean() && ready()) {
      useUp();
    }
    if (total == upload.sizeBytes()) {
      finish();
    }
  }

  private String name() {
    return Printable.of(upload.object());
  }

  private boolean refill() throws IOException {
    position = 0;
    limit = 0;
    return append();
  }

  private boolean append() throws IOException {
    int count;
    do {
      checkDeadline();
      count = in.read(buffer, limit, buffer.length - limit);
    } while (count == 0);
    if (count < 0) {
      checkComplete();
      return false;
    }
    sha256.update(buffer, limit, count);
    crc32c.update(buffer, limit, count);
    limit += count;
    total += count;
    checkNotLonger();
    return true;
  }

  /** Fewer bytes than the bucket holds say nothing of the upload: the connection was lost. */
  private void checkComplete() throws IOException {
    long size = upload.sizeBytes();
    if (total < size) {
      throw new EOFException(
          name() + ": the stream ended after " + total + " of " + size + " bytes");
    }
  }

  private void checkNotLonger() {
    long size = upload.sizeBytes();
    if (total > size) {
      throw new Flaw(
          Reason.SIZE_MISMATCH, "the content", size + " bytes", "at least " + total + " bytes");
    }
  }

  private void checkDeadline() throws ProofStopped {
    if (deadlineReached.getAsBoolean()) {
      throw new ProofStopped(upload, total);
    }
  }

  /** As Cloud Storage gives it: base64 of the four bytes, most significant first. */
  private static String base64(long crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
