package slipway.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.fault.Printable;

/** Kinds of files that people upload instead of a tarball, or pack instead of a raw disk. */
enum FileKind {
  ZIP("a zip archive", "504b0304", ".zip"),
  BZIP2("bzip2 data", "425a68", ".tar.bz2", ".tbz2"),
  XZ("xz data", "fd377a585a00", ".tar.xz", ".txz"),
  ZSTD("zstd data", "28b52ffd", ".tar.zst"),
  LZ4("lz4 data", "04224d18", ".tar.lz4"),
  SEVEN_ZIP("a 7z archive", "377abcaf271c", ".7z"),
  GZIP("gzip data once more", "1f8b", ".raw.gz", ".img.gz"),
  QCOW2("a qcow2 disk", "514649fb", ".qcow2", ".qcow"),
  VMDK("a VMDK disk", "4b444d56", ".vmdk"),
  VHDX("a VHDX disk", "7668647866696c65", ".vhdx"),
  VHD("a VHD disk", "636f6e6563746978", ".vhd"),
  VDI("a VDI disk", "3c3c3c204f7261636c6520564d", ".vdi"),
  OVA("an OVA, a tar archive with VMDK disks in it", null, ".ova", ".ovf"),
  TAR("a tar archive without compression", null, ".tar"),
  RAW("a disk without a tar archive around it", null, ".raw", ".img");

  private static final int TAR_MAGIC_AT = 257;
  private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  private final String words;
  private final byte @Nullable [] magic;
  private final List<String> endings;

  FileKind(String words, @Nullable String magic, String... endings) {
    this.words = words;
    this.magic = magic == null ? null : HexFormat.of().parseHex(magic);
    this.endings = List.of(endings);
  }

  /** The kind of a file that starts with these bytes. */
  static Optional<FileKind> startingWith(byte[] bytes, int length) {
    for (FileKind kind : values()) {
      if (kind.magic != null && startsWith(bytes, length, 0, kind.magic)) {
        return Optional.of(kind);
      }
    }
    if (startsWith(bytes, length, TAR_MAGIC_AT, TAR_MAGIC)) {
      return Optional.of(TarBlock.text(bytes, 0, 100).endsWith(".ovf") ? OVA : TAR);
    }
    return DiskStart.hasLabel(bytes, length) ? Optional.of(RAW) : Optional.empty();
  }

  /** The kind that a file's name promises. */
  static Optional<FileKind> named(String file) {
    return Arrays.stream(values())
        .filter(kind -> kind.endings.stream().anyMatch(file::endsWith))
        .findFirst();
  }

  /** What the name has of this kind's endings; empty if it has none. */
  String endingOf(String file) {
    return endings.stream().filter(file::endsWith).findFirst().orElse("");
  }

  /** Whether it is a disk that {@code qemu-img convert} makes a raw one of. */
  boolean isForeignDisk() {
    return switch (this) {
      case QCOW2, VMDK, VHDX, VHD, VDI -> true;
      default -> false;
    };
  }

  /** The flaw of an upload that is no gzip file. */
  static Flaw notGzip(byte[] bytes, int length) {
    return new Flaw(
        Reason.NOT_GZIP,
        "the content",
        "gzip data, which start with 1f 8b",
        describe(bytes, length));
  }

  /** The flaw of a gzip file that holds no tar archive. */
  static Flaw notTar(byte[] bytes, int length) {
    Object found = describe(bytes, length);
    return new Flaw(
        found == GZIP ? Reason.DOUBLE_GZIP : Reason.NOT_TAR,
        "the content inside the gzip data",
        "a tar archive",
        found);
  }

  /** The kind, or what else can be said of the bytes. */
  private static Object describe(byte[] bytes, int length) {
    Optional<FileKind> kind = startingWith(bytes, length);
    if (kind.isPresent()) {
      return kind.get();
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

  @Override
  public String toString() {
    return words;
  }
}
