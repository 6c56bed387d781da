package tarballs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Every kind of tarball that can be made. The good ones hold a simulated machine's disk. */
public enum Kind {
  SPARSE(true, "as GNU tar --format=oldgnu -Sczf makes it, 1 GiB", Good.sparse()),
  PLAIN(true, "the same without -S", Good.plain()),
  MANY_EXTENTS(
      true, "sparse, more than 100 extents, data up to the disk's end", Good.manyExtents()),
  STORED(true, "gzip without compression", Good.stored()),
  HEADER_FIELDS(true, "a gzip header with every optional field", Good.headerFields()),
  SEVERAL_MEMBERS(true, "gzip of several members", Good.severalMembers()),
  GPT(true, "a GPT signature and no MBR", Good.gpt()),
  UEFI(true, "a GPT with an EFI system partition and no boot code", Good.uefi(Gpt.EFI_SYSTEM)),
  UEFI_ARM64(
      true, "the same with a root partition for Arm", Good.uefi(Gpt.EFI_SYSTEM, Gpt.ROOT_ARM64)),
  UEFI_X86_64(
      true, "the same with a root partition for x86", Good.uefi(Gpt.EFI_SYSTEM, Gpt.ROOT_X86_64)),
  BIOS_AND_UEFI(true, "boot code, and an EFI system partition", Good.biosAndUefi()),
  LARGE_RECORD(true, "padded with 1 MiB of zeros, as tar -b 2048 may", Good.largeRecord()),
  SPARSE_10_GIB(true, "a sparse disk of 10 GiB, its size in base 256", Good.sparseGib(10)),
  PLAIN_10_GIB(true, "a disk of 10 GiB of zeros in some 10 MB", Good.plainGib(10)),
  NOISE_SPARSE(true, "1 GiB of incompressible data in 1024 extents", Good.noise(true)),
  NOISE_PLAIN(true, "the same as a plain tar", Good.noise(false)),

  PAX("tar --format=posix", BadTar.pax('x')),
  PAX_GLOBAL("posix with a global header first", BadTar.pax('g')),
  PAX_SPARSE("tar --format=posix -S", BadTar.paxSparse()),
  USTAR("tar --format=ustar", BadTar.ustar()),
  V7("tar --format=v7", BadTar.v7()),
  APPLE_DOUBLE("macOS's ._disk.raw before the disk", BadTar.appleDouble()),
  OTHER_NAME("the member is named image.raw", BadTar.named("image.raw")),
  IN_FOLDER("the member is named tmp/disk.raw", BadTar.named("tmp/disk.raw")),
  DOT_SLASH("the member is named ./disk.raw", BadTar.named("./disk.raw")),
  TWO_MEMBERS("a README after the disk", BadTar.twoMembers()),
  NO_MEMBER("an archive without a member", BadTar.noMember()),
  SYMLINK("disk.raw is a symbolic link", BadTar.type('2', "other.raw")),
  HARD_LINK("disk.raw is a hard link", BadTar.type('1', "other.raw")),
  DIRECTORY("disk.raw is a directory", BadTar.type('5', "")),
  FIFO("disk.raw is a FIFO", BadTar.type('6', "")),
  EMPTY_DISK("disk.raw has no bytes", BadTar.emptyDisk()),
  ODD_SIZE("1 GiB and 1 MiB", BadTar.oddSize()),
  CLAIMS_15_TIB("a sparse disk of 15 TiB in next to no bytes", BadTar.claims('S', 15L << 40)),
  CLAIMS_15_TIB_PLAIN("a member of 15 TiB that is not there", BadTar.claims('0', 15L << 40)),
  NO_SIGNATURE("neither MBR nor GPT", BadTar.unsigned()),
  SIGNATURE_IN_HOLE("the disk starts with a hole", BadTar.signatureInHole()),
  TAR_CHECKSUM("a wrong checksum in the tar header", BadTar.wrongChecksum()),
  TAR_NUMBER("a size that is no number", BadTar.field(124, "four thousand".substring(0, 12))),
  MODE_NO_NUMBER("a mode that is no number", BadTar.field(100, "rw-r--r")),
  PREFIX("a folder where POSIX has the prefix", BadTar.field(345, "images")),
  REAL_SIZE("not sparse, and a second size of 8 GiB", BadTar.field(483, "100000000000")),
  LINK_TARGET("a regular file that links elsewhere", BadTar.field(157, "/dev/sda")),
  LONG_NAME_BOMB("a long-name record of 512 MiB", BadTar.longNameBomb()),
  QCOW2_DISK("a qcow2 disk named disk.raw", BadTar.image("disk.raw", "QFI\u00fb")),
  QCOW2_MEMBER("a qcow2 disk in the archive", BadTar.image("disk.qcow2", "QFI\u00fb")),
  VMDK_MEMBER("a VMDK disk in the archive", BadTar.image("disk.vmdk", "KDMV")),
  OVA("an OVA, packed by gzip", BadTar.image("machine.ovf", "<?xml version")),
  GPT_4096("a GPT for sectors of 4096 bytes", BadTar.gptOf4096()),
  TAR_TRUNCATED("the archive ends inside the disk", BadTar.cutData()),
  NO_END("no end-of-archive blocks", BadTar.noEnd()),
  HALF_END("one end-of-archive block", BadTar.halfEnd()),
  DATA_AFTER_END("data after the end of the archive", BadTar.dataAfterEnd()),
  ZEROS_AFTER_END("4 GiB of zeros after the end", BadTar.zerosAfterEnd()),

  MAP_OVERLAP("extents that overlap", BadMap.overlapping()),
  MAP_UNORDERED("extents out of order", BadMap.unordered()),
  MAP_BEYOND("an extent beyond the disk's end", BadMap.beyondTheDisk()),
  MAP_OVERFLOW("an extent that ends beyond 2^63", BadMap.overflowing()),
  MAP_MORE("extents of more bytes than are stored", BadMap.moreThanStored()),
  MAP_LESS("extents of fewer bytes than are stored", BadMap.lessThanStored()),
  MAP_NOT_CLOSED("no extent at the end of the disk", BadMap.withoutEnd()),
  MAP_MORE_DIGIT("the digit 1 for a map that goes on", BadMap.digitForMore()),
  MAP_ENDLESS_EMPTY("ten million empty extents", BadMap.endlessEmpty()),
  MAP_ENDLESS_BLANK("half a million blocks without an extent", BadMap.endlessBlank()),
  MAP_BEYOND_END("an extent after the end of the map", BadMap.afterEnd()),
  MAP_TOO_MANY("more extents than the disk has room for", BadMap.tooMany()),

  TRUNCATED("cut in the middle", BadGzip.cut()),
  TRUNCATED_TRAILER("cut in the gzip trailer", BadGzip.cutTrailer()),
  BAD_CRC("a wrong CRC in the gzip trailer", BadGzip.trailer(1, 0)),
  BAD_SIZE("a wrong size in the gzip trailer", BadGzip.trailer(0, 1)),
  FLIPPED_BIT("one bit of the disk's data is wrong", BadGzip.flippedBit()),
  INVALID_BLOCK("a deflate block of an unknown type", BadGzip.invalidBlock()),
  TRAILING_GARBAGE("other bytes after the gzip data", BadGzip.followedBy(new byte[] {'o', 'h'})),
  TRAILING_ZEROS("zeros after the gzip data", BadGzip.followedBy(new byte[512])),
  GZIP_FLAG("a reserved flag in the gzip header", BadGzip.reservedFlag()),
  GZIP_HEADER_CRC("a wrong checksum of the gzip header", BadGzip.wrongHeaderChecksum()),
  GZIP_NAME_BOMB("a file name of 100 MiB in the gzip header", BadGzip.longHeader()),
  DOUBLE_GZIP("gzip twice", BadGzip.twice()),
  GZIP_OF_NOTHING("gzip of an empty file", BadGzip.holding(new byte[0])),
  GZIP_OF_DISK("gzip of the disk, without tar", BadGzip.bareDisk()),
  GZIP_BOMB("8 GiB of zeros and no archive", BadGzip.zeros()),

  ZIP("a zip archive", Stranger.zip()),
  BZIP2("bzip2 data", Stranger.bzip2()),
  XZ("xz data", Stranger.xz()),
  ZSTD("zstd data", Stranger.zstd()),
  BARE_TAR("tar without gzip", Stranger.bareTar()),
  BARE_DISK("a disk's first sector", Stranger.bareDisk()),
  HTML("an HTML page", Stranger.text("<!DOCTYPE html>\n<title>Not found</title>\n")),
  TEXT("a text", Stranger.text("oops\n")),
  EMPTY("no bytes", Stranger.text(""));

  private final boolean good;
  private final String description;
  private final Recipe recipe;

  Kind(String description, Recipe recipe) {
    this(false, description, recipe);
  }

  Kind(boolean good, String description, Recipe recipe) {
    this.good = good;
    this.description = description;
    this.recipe = recipe;
  }

  /** Whether a disk can be made from it; with a limit of 10 GiB or more. */
  public boolean good() {
    return good;
  }

  /** What is special about it, in a few words. */
  public String description() {
    return description;
  }

  /** Its name on the command line: {@code sparse-10-gib}. */
  public String argument() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void write(SimulatedDisk machine, OutputStream out) throws IOException {
    recipe.write(machine, out);
  }
}
