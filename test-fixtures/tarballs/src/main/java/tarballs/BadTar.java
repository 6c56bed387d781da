package tarballs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Archives whose format, member or size Compute Engine refuses, or that nobody should send it. */
final class BadTar {
  private static final int BLOCK = 512;

  private BadTar() {}

  /** POSIX: an extended header of its own before the disk's. */
  static Recipe pax(char type) {
    return Recipe.of(
        (machine, tar) -> {
          text(tar, "././@PaxHeader", type, "22 mtime=1479822153.5\n");
          Disk disk = Disk.simulated(machine);
          tar.header(MemberHeader.disk('0', disk.size()).ustar()).plain(disk);
        });
  }

  /** GNU tar --format=posix -S: sparse format 1.0, with the map in front of the data. */
  static Recipe paxSparse() {
    return Recipe.of(
        (machine, tar) -> {
          String records =
              "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
                  + "28 GNU.sparse.name=disk.raw\n34 GNU.sparse.realsize=1073741824\n";
          text(tar, "./PaxHeaders/disk.raw", 'x', records);
          String map = "1\n0\n512\n";
          MemberHeader header = new MemberHeader("GNUSparseFile.0/disk.raw", '0', 2 * BLOCK);
          tar.header(header.ustar()).bytes(block(map)).bytes(Disk.bootSector());
        });
  }

  static Recipe ustar() {
    return plain(MemberHeader.disk('0', Disk.GIB).ustar());
  }

  static Recipe v7() {
    return plain(MemberHeader.disk('0', Disk.GIB).v7());
  }

  static Recipe named(String name) {
    return plain(new MemberHeader(name, '0', Disk.GIB));
  }

  static Recipe type(char type, String target) {
    return Recipe.of((machine, tar) -> tar.header(MemberHeader.disk(type, 0).linkTo(target)));
  }

  static Recipe appleDouble() {
    return Recipe.of(
        (machine, tar) -> {
          text(tar, "._disk.raw", '0', "\0\5\26\7");
          sparse(machine, tar);
        });
  }

  static Recipe twoMembers() {
    return Recipe.of(
        (machine, tar) -> {
          sparse(machine, tar);
          text(tar, "README", '0', "Read me\n");
        });
  }

  static Recipe noMember() {
    return Recipe.of((machine, tar) -> tar.zeros(0));
  }

  static Recipe emptyDisk() {
    return Recipe.of((machine, tar) -> tar.header(MemberHeader.disk('0', 0)));
  }

  static Recipe oddSize() {
    return Recipe.of(
        (machine, tar) -> {
          Disk disk = Disk.simulated(machine).resized(Disk.GIB + Disk.MIB);
          tar.sparse(disk);
        });
  }

  /** The archive claims the size and holds next to nothing. */
  static Recipe claims(char type, long size) {
    MemberHeader header =
        type == 'S'
            ? MemberHeader.disk('S', 0).sparse(List.of(new Disk.Run(size, 0)), size)
            : MemberHeader.disk(type, size);
    return Recipe.of((machine, tar) -> tar.header(header));
  }

  static Recipe unsigned() {
    return Recipe.of((machine, tar) -> tar.sparse(Disk.withStart(new byte[BLOCK], machine)));
  }

  static Recipe signatureInHole() {
    return Recipe.of((machine, tar) -> tar.sparse(Disk.withStart(new byte[0], machine)));
  }

  static Recipe wrongChecksum() {
    return Recipe.of(
        (machine, tar) -> {
          byte[] header = MemberHeader.disk('0', Disk.GIB).bytes();
          header[150]++;
          tar.bytes(header);
        });
  }

  /** Something in the header that readers take for different things, or for nothing. */
  static Recipe field(int at, String text) {
    return plain(MemberHeader.disk('0', Disk.GIB).with(at, text));
  }

  /** A disk image of another format, in which the disk's start would not be where it belongs. */
  static Recipe image(String name, String start) {
    return Recipe.of(
        (machine, tar) -> {
          byte[] image = Arrays.copyOf(block(start), 384 * BLOCK);
          tar.header(new MemberHeader(name, '0', image.length)).bytes(image);
        });
  }

  /** What a disk of 4096-byte sectors starts with: a protective MBR, and a GPT in sector 1. */
  static Recipe gptOf4096() {
    byte[] start = Arrays.copyOf(Disk.bootSector(), 9 * BLOCK);
    start[446] = 0;
    start[450] = (byte) 0xee;
    byte[] signature = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(signature, 0, start, 4096, signature.length);
    return Recipe.of((machine, tar) -> tar.sparse(Disk.withStart(start, machine)));
  }

  /** GNU's long-name record: a reader that obeys it keeps half a GiB of name. */
  static Recipe longNameBomb() {
    long name = Disk.GIB / 2;
    return Recipe.of(
        (machine, tar) -> {
          tar.header(new MemberHeader("././@LongLink", 'L', name)).zeros(name);
          sparse(machine, tar);
        });
  }

  static Recipe cutData() {
    return Recipe.open(
        (machine, tar) -> tar.header(MemberHeader.disk('0', Disk.GIB)).bytes(Disk.bootSector()));
  }

  static Recipe noEnd() {
    return Recipe.open(BadTar::sparse);
  }

  static Recipe halfEnd() {
    return Recipe.open((machine, tar) -> tar.sparse(Disk.simulated(machine)).zeros(BLOCK));
  }

  static Recipe dataAfterEnd() {
    return Recipe.open(
        (machine, tar) -> {
          tar.sparse(Disk.simulated(machine)).zeros(2 * BLOCK);
          tar.bytes(block("not part of the archive"));
        });
  }

  /** 4 GiB of zeros after the end, in as many MB. */
  static Recipe zerosAfterEnd() {
    return Recipe.open((machine, tar) -> tar.sparse(Disk.simulated(machine)).zeros(4 * Disk.GIB));
  }

  static void sparse(SimulatedDisk machine, TarFile tar) throws IOException {
    tar.sparse(Disk.simulated(machine));
  }

  private static Recipe plain(MemberHeader header) {
    return Recipe.of((machine, tar) -> tar.header(header).plain(Disk.simulated(machine)));
  }

  private static void text(TarFile tar, String name, char type, String text) throws IOException {
    MemberHeader header = new MemberHeader(name, type, text.length());
    tar.header(type == '0' ? header : header.ustar()).bytes(block(text));
  }

  private static byte[] block(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), BLOCK);
  }
}
