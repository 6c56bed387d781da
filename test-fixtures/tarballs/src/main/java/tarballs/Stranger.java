package tarballs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that are no gzip files at all, under a tarball's name. */
final class Stranger {
  /** The empty file, as bzip2 -9 compresses it. */
  private static final String BZIP2 = "425a683917724538509000000000";

  /** The empty file, as xz compresses it. */
  private static final String XZ =
      "fd377a585a000004e6d6b44600000000" + "1cdf44211fb6f37d010000000004595a";

  private static final int ZSTD_CONTENT_BYTES = 200;

  private Stranger() {}

  static Recipe zip() {
    return (machine, out) -> {
      ZipOutputStream zip = new ZipOutputStream(out);
      ZipEntry entry = new ZipEntry("disk.raw");
      entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      zip.write(Disk.bootSector());
      zip.closeEntry();
      zip.finish();
    };
  }

  static Recipe bzip2() {
    return bytes(HexFormat.of().parseHex(BZIP2));
  }

  static Recipe xz() {
    return bytes(HexFormat.of().parseHex(XZ));
  }

  /** RFC 8878: a frame of one segment with a one-byte size, and one last raw block. */
  static Recipe zstd() {
    byte[] content = new byte[ZSTD_CONTENT_BYTES];
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20});
    frame.write(content.length);
    int blockHeader = content.length << 3 | 1;
    frame.write(blockHeader);
    frame.write(blockHeader >>> 8);
    frame.write(blockHeader >>> 16);
    frame.writeBytes(content);
    return bytes(frame.toByteArray());
  }

  static Recipe bareTar() {
    return (machine, out) -> write(Bytes.tar(machine), out);
  }

  static Recipe bareDisk() {
    return bytes(Disk.bootSector());
  }

  static Recipe text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Recipe bytes(byte[] bytes) {
    return (machine, out) -> write(bytes, out);
  }

  private static void write(byte[] bytes, OutputStream out) throws IOException {
    out.write(bytes);
  }
}
