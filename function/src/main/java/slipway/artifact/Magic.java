package slipway.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Commands;

/** What a file is by its first bytes, and how to get disk.raw out of it. */
enum Magic {
  ZIP("a zip archive", "504b0304", "unzip %s disk.raw && "),
  BZIP2("bzip2 data", "425a68", "tar -xjf %s && "),
  XZ("xz data", "fd377a585a00", "tar -xJf %s && "),
  ZSTD("zstd data", "28b52ffd", "tar --zstd -xf %s && "),
  GZIP("gzip data once more", "1f8b", ""),
  LZ4("lz4 data", "04224d18", "lz4 -d < %s | tar -xf - && "),
  SEVEN_ZIP("a 7z archive", "377abcaf271c", "7z x %s disk.raw && "),
  QCOW2("a qcow2 disk", "514649fb", "qemu-img convert -O raw %s disk.raw && "),
  VMDK("a VMDK disk", "4b444d56", "qemu-img convert -O raw %s disk.raw && ");

  private static final String TAR = "a tar archive without compression";
  private static final String DISK = "a disk without a tar archive around it";
  private static final int TAR_MAGIC_AT = 257;
  private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  private final String words;
  private final byte[] start;
  private final String unpack;

  Magic(String words, String start, String unpack) {
    this.words = words;
    this.start = HexFormat.of().parseHex(start);
    this.unpack = unpack;
  }

  /**
   * The refusal of bytes that are not what they should be, with the way from there to a tarball.
   */
  static Rejection refuse(Reason reason, byte[] bytes, int length, Subject subject) {
    boolean gzip = reason == Reason.NOT_GZIP;
    String part = gzip ? "the content" : "the content inside the gzip data";
    String expected = gzip ? "gzip data, which start with 1f 8b" : "a tar archive";
    Commands commands = subject.commands();
    String input = gzip ? commands.file() : "inner";
    String first = gzip ? "" : "gunzip < " + commands.file() + " > inner && ";
    for (Magic magic : values()) {
      if (startsWith(bytes, length, 0, magic.start)) {
        Finding finding = new Finding(part, expected, magic.words);
        return magic == GZIP
            ? subject.refuse(Reason.DOUBLE_GZIP, finding, gunzipOnce(commands))
            : subject.refuse(
                reason,
                finding,
                first + String.format(Locale.ROOT, magic.unpack, input) + commands.pack());
      }
    }
    String found = other(bytes, length);
    String unpack =
        switch (found) {
          case DISK -> first + "test ! -e disk.raw && mv " + input + " disk.raw && ";
          case TAR -> first + "tar -xf " + input + " && ";
          default -> "";
        };
    return subject.refuse(reason, new Finding(part, expected, found), unpack + commands.pack());
  }

  private static String other(byte[] bytes, int length) {
    if (startsWith(bytes, length, TAR_MAGIC_AT, TAR_MAGIC)) {
      return TAR;
    }
    if (DiskCheck.signed(bytes, length)) {
      return DISK;
    }
    String text = new String(bytes, 0, Math.min(length, 64), StandardCharsets.ISO_8859_1);
    String tag = text.strip().toLowerCase(Locale.ROOT);
    if (tag.startsWith("<!doctype html") || tag.startsWith("<html")) {
      return "an HTML page, perhaps the answer of a download that failed";
    }
    return length == 0 ? "nothing" : Printable.bytes(bytes, length);
  }

  private static boolean startsWith(byte[] bytes, int length, int at, byte[] start) {
    return length >= at + start.length
        && Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
  }

  private static String gunzipOnce(Commands commands) {
    String file = commands.file();
    return "gunzip < " + file + " > once && mv once " + file + " && " + commands.send();
  }
}
