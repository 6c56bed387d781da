package slipway.artifact;

import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * RFC 1952, strictly: every member's header and trailer are checked, and nothing may follow the
 * last member. Several members are one stream, as gzip itself has it. The JDK's stream drops later
 * members and passes trailing bytes.
 */
final class Gunzip implements AutoCloseable {
  private final Source source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean first = true;
  private boolean inMember;

  Gunzip(Source source) {
    this.source = source;
  }

  /**
   * Fills the range as far as the stream reaches.
   *
   * @return the number of bytes, smaller than {@code length} only at the end of the stream
   */
  int fill(byte[] to, int offset, int length) throws IOException {
    int done = 0;
    while (done < length && (inMember || nextMember())) {
      done += inflate(to, offset + done, length - done);
    }
    return done;
  }

  @Override
  public void close() {
    inflater.end();
  }

  private boolean nextMember() throws IOException {
    if (first) {
      source.fillUp();
      GzipHeader.checkMagic(source);
      first = false;
    } else if (!source.ready()) {
      return false;
    }
    new GzipHeader(source).read();
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private int inflate(byte[] to, int offset, int length) throws IOException {
    try {
      if (inflater.needsInput() && !inflater.finished()) {
        feed();
      }
      int count = inflater.inflate(to, offset, length);
      crc.update(to, offset, count);
      if (inflater.finished()) {
        source.giveBack(inflater.getRemaining());
        checkTrailer();
        inMember = false;
      } else if (inflater.needsDictionary()) {
        throw damaged("a preset dictionary, which gzip does not have");
      }
      return count;
    } catch (DataFormatException e) {
      throw damaged(e.getMessage() == null ? "an invalid block" : e.getMessage());
    }
  }

  private void feed() throws IOException {
    if (!source.ready()) {
      throw truncated("the compressed data");
    }
    inflater.setInput(source.buffer(), source.position(), source.limit() - source.position());
    source.useUp();
  }

  private void checkTrailer() throws IOException {
    long foundCrc = trailerWord();
    long foundSize = trailerWord();
    if (foundCrc != crc.getValue()) {
      throw new Flaw(
          Reason.GZIP_CRC, "the gzip checksum (CRC-32)", hex(foundCrc), hex(crc.getValue()));
    }
    long size = inflater.getBytesWritten() & 0xffff_ffffL;
    if (foundSize != size) {
      throw new Flaw(
          Reason.GZIP_SIZE,
          "the uncompressed size in the gzip trailer (ISIZE)",
          size + " modulo 2^32",
          Long.toString(foundSize));
    }
  }

  private long trailerWord() throws IOException {
    long word = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int next = source.next();
      if (next < 0) {
        throw truncated("the gzip trailer");
      }
      word |= (long) next << shift;
    }
    return word;
  }

  private Flaw damaged(String found) {
    return new Flaw(
        Reason.GZIP_DAMAGED, "the compressed data", "an undamaged deflate stream", found);
  }

  private Flaw truncated(String where) {
    return new Flaw(
        Reason.TRUNCATED,
        where,
        "a complete gzip file",
        "the file's end after " + source.sizeBytes() + " bytes, in the middle of it");
  }

  private static String hex(long crc) {
    return String.format(Locale.ROOT, "%08x", crc);
  }
}
