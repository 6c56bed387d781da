package tarballs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Gzip files that are damaged or hold something else. */
final class BadGzip {
  private static final int FLAGS_AT = 3;
  private static final int HEADER_CRC = 2;
  private static final int NAME = 8;
  private static final int RESERVED = 0x20;

  /** In a stored file: after the header, the stored block's five bytes and the tar header. */
  private static final int DISK_AT = 10 + 5 + 512;

  private BadGzip() {}

  static Recipe trailer(int crcOffset, int sizeOffset) {
    return (machine, out) -> {
      GzipFile gzip = GzipFile.start(out);
      gzip.write(Bytes.tar(machine));
      gzip.finish(crcOffset, sizeOffset);
    };
  }

  /** Cut in the middle of the compressed data. */
  static Recipe cut() {
    return bent(bytes -> Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** Cut in the middle of the trailer. */
  static Recipe cutTrailer() {
    return bent(bytes -> Arrays.copyOf(bytes, bytes.length - 3));
  }

  /** One bit of the disk's data, which are stored, so that nothing but the checksum can tell. */
  static Recipe flippedBit() {
    return (machine, out) -> {
      byte[] tar = Bytes.tar(machine);
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      GzipFile gzip = GzipFile.start(whole, GzipFile.header(), Deflater.NO_COMPRESSION);
      gzip.write(tar);
      gzip.finish();
      byte[] bytes = whole.toByteArray();
      bytes[DISK_AT + 100] ^= 1;
      out.write(bytes);
    };
  }

  /** A block of a type that deflate does not have. */
  static Recipe invalidBlock() {
    return bent(
        bytes -> {
          bytes[10] = 7;
          return bytes;
        });
  }

  static Recipe followedBy(byte[] garbage) {
    return (machine, out) -> {
      out.write(Bytes.tarGz(machine));
      out.write(garbage);
    };
  }

  static Recipe reservedFlag() {
    return bent(
        bytes -> {
          bytes[FLAGS_AT] = RESERVED;
          return bytes;
        });
  }

  static Recipe wrongHeaderChecksum() {
    return (machine, out) -> {
      byte[] header = Arrays.copyOf(GzipFile.header(), 12);
      header[FLAGS_AT] = HEADER_CRC;
      GzipFile gzip = GzipFile.start(out, header, Deflater.BEST_COMPRESSION);
      gzip.write(Bytes.tar(machine));
      gzip.finish();
    };
  }

  /** A file name of 100 MiB: a reader that keeps it runs out of memory. */
  static Recipe longHeader() {
    return (machine, out) -> {
      byte[] header = GzipFile.header();
      header[FLAGS_AT] = NAME;
      out.write(header);
      byte[] name = new byte[Disk.MIB];
      Arrays.fill(name, (byte) 'a');
      for (int i = 0; i < 100; i++) {
        out.write(name);
      }
      out.write(0);
    };
  }

  static Recipe twice() {
    return (machine, out) -> out.write(Bytes.gzip(Bytes.tarGz(machine)));
  }

  static Recipe holding(byte[] content) {
    return (machine, out) -> out.write(Bytes.gzip(content));
  }

  /** The disk itself, compressed, as if tar had been forgotten. */
  static Recipe bareDisk() {
    return (machine, out) -> {
      GzipFile gzip = GzipFile.start(out);
      new TarFile(gzip).plain(Disk.simulated(machine));
      gzip.finish();
    };
  }

  /** 8 GiB of zeros and no archive. */
  static Recipe zeros() {
    return (machine, out) -> {
      GzipFile gzip = GzipFile.start(out);
      gzip.write("no archive".getBytes(StandardCharsets.US_ASCII));
      gzip.zeros(8 * Disk.GIB);
      gzip.finish();
    };
  }

  @FunctionalInterface
  private interface Bend {
    byte[] apply(byte[] bytes);
  }

  private static Recipe bent(Bend bend) {
    return (machine, out) -> write(bend.apply(Bytes.tarGz(machine)), out);
  }

  private static void write(byte[] bytes, OutputStream out) throws IOException {
    out.write(bytes);
  }
}
