package tarballs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes gzip members (RFC 1952), with whatever is wrong in the trailer that the caller asks for.
 * Long runs of zeros, and blocks that come again, are compressed once and repeated.
 */
final class GzipFile implements Sink {
  /** Deflate, no flags, no time, no extra flags, Unix. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

  /** An empty last block with the fixed code. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private final OutputStream out;
  private final int level;
  private final byte[] deflated = new byte[64 * 1024];
  private final CRC32 crc = new CRC32();
  private final Deflater deflater;
  private boolean open;
  private long size;

  private GzipFile(OutputStream out, int level) {
    this.out = out;
    this.level = level;
    this.deflater = new Deflater(level, true);
  }

  static GzipFile start(OutputStream out) throws IOException {
    return start(out, HEADER, Deflater.BEST_COMPRESSION);
  }

  /** With a header of the caller's own; level 0 stores. */
  static GzipFile start(OutputStream out, byte[] header, int level) throws IOException {
    out.write(header);
    return new GzipFile(out, level);
  }

  static byte[] header() {
    return HEADER.clone();
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    crc.update(bytes, 0, length);
    size += length;
    deflater.setInput(bytes, 0, length);
    drain(deflater, out, Deflater.NO_FLUSH);
    open = true;
  }

  @Override
  public void zeros(long count) throws IOException {
    byte[] zeros = new byte[Disk.MIB];
    long whole = count / zeros.length;
    if (whole > 0) {
      Block block = block(zeros);
      for (long i = 0; i < whole; i++) {
        write(block);
      }
    }
    write(zeros, (int) (count % zeros.length));
  }

  /** Bytes that were compressed by themselves, so that they can be written again and again. */
  record Block(byte[] bytes, byte[] deflated) {}

  Block block(byte[] bytes) throws IOException {
    Deflater alone = new Deflater(level, true);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    alone.setInput(bytes);
    drain(alone, block, Deflater.FULL_FLUSH);
    alone.end();
    return new Block(bytes, block.toByteArray());
  }

  void write(Block block) throws IOException {
    if (open) {
      drain(deflater, out, Deflater.FULL_FLUSH);
      deflater.reset();
      open = false;
    }
    crc.update(block.bytes());
    out.write(block.deflated());
    size += block.bytes().length;
  }

  void finish() throws IOException {
    finish(0, 0);
  }

  /** Writes the trailer with both of its numbers off by so much. */
  void finish(int crcOffset, int sizeOffset) throws IOException {
    drain(deflater, out, Deflater.FULL_FLUSH);
    deflater.end();
    out.write(LAST_BLOCK);
    word((int) crc.getValue() + crcOffset);
    word((int) size + sizeOffset);
  }

  private void drain(Deflater from, OutputStream to, int flush) throws IOException {
    int count;
    do {
      count = from.deflate(deflated, 0, deflated.length, flush);
      to.write(deflated, 0, count);
    } while (count == deflated.length || (flush == Deflater.NO_FLUSH && !from.needsInput()));
  }

  private void word(int value) throws IOException {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
  }
}
