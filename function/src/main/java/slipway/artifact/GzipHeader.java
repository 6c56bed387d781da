package slipway.artifact;

import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;

/** The header of one gzip member, RFC 1952 section 2.3; its optional fields are passed over. */
final class GzipHeader {
  /** Honest headers hold a file name; the extra field alone may have 64 KiB. */
  private static final int MOST_BYTES = 128 * 1024;

  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final Source source;
  private final CRC32 crc = new CRC32();
  private int length;

  GzipHeader(Source source) {
    this.source = source;
  }

  /** Names what the upload is instead, by the bytes that it starts with. */
  static void checkMagic(Source source) {
    byte[] start = source.buffer();
    int length = source.limit();
    if (length < 2 || (start[0] & 0xff) != MAGIC_1 || (start[1] & 0xff) != MAGIC_2) {
      throw FileKind.notGzip(start, length);
    }
  }

  void read() throws IOException {
    int magic1 = source.next();
    int magic2 = source.next();
    if (magic1 != MAGIC_1 || magic2 != MAGIC_2) {
      throw trailing(magic1);
    }
    sum(magic1);
    sum(magic2);
    check(byteOf() == DEFLATE, "compression method 8 (deflate)", "another method");
    int flags = byteOf();
    check(
        (flags & RESERVED) == 0,
        "no reserved flags",
        String.format(Locale.ROOT, "flags %02x", flags));
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(byteOf() | byteOf() << 8);
    }
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    if ((flags & HEADER_CRC) != 0) {
      long sum = crc.getValue() & 0xffff;
      int found = byteOf() | byteOf() << 8;
      check(found == sum, "a header checksum of " + sum, Integer.toString(found));
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byteOf();
    }
  }

  private void skipText(boolean present) throws IOException {
    while (present && byteOf() != 0) {
      check(length <= MOST_BYTES, "at most " + MOST_BYTES + " bytes", "a longer one");
    }
  }

  private int byteOf() throws IOException {
    int next = source.next();
    if (next < 0) {
      throw new Flaw(
          Reason.TRUNCATED, "the gzip header", "a complete gzip file", "the file's end in it");
    }
    sum(next);
    return next;
  }

  private void sum(int next) {
    crc.update(next);
    length++;
  }

  private void check(boolean good, String expected, String found) {
    if (!good) {
      throw new Flaw(Reason.GZIP_HEADER, "the gzip header", expected, found);
    }
  }

  private Flaw trailing(int firstByte) {
    return new Flaw(
        Reason.TRAILING_DATA,
        "the end",
        "nothing after the gzip data",
        firstByte == 0 ? "zeros after it" : "other bytes after it");
  }
}
