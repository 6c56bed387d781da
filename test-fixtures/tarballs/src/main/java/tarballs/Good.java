package tarballs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Tarballs that Compute Engine takes, or that nothing speaks against. */
final class Good {
  /** Text, header checksum, extra field, name and comment. */
  private static final int ALL_FLAGS = 0x1f;

  private Good() {}

  static Recipe sparse() {
    return Recipe.of((machine, tar) -> tar.sparse(Disk.simulated(machine)));
  }

  static Recipe plain() {
    return Recipe.of((machine, tar) -> tar.member(Disk.simulated(machine)));
  }

  static Recipe manyExtents() {
    return Recipe.of((machine, tar) -> tar.sparse(scattered(machine)));
  }

  static Recipe stored() {
    return (machine, out) -> whole(machine, out, GzipFile.header(), Deflater.NO_COMPRESSION);
  }

  static Recipe headerFields() {
    return (machine, out) -> whole(machine, out, fullHeader(), Deflater.DEFAULT_COMPRESSION);
  }

  static Recipe severalMembers() {
    return (machine, out) -> {
      byte[] tar = Bytes.tar(machine);
      int third = tar.length / 3;
      for (int from = 0; from < tar.length; from += third) {
        GzipFile gzip = GzipFile.start(out);
        gzip.write(Arrays.copyOfRange(tar, from, Math.min(tar.length, from + third)));
        gzip.finish();
      }
    };
  }

  static Recipe gpt() {
    byte[] start = new byte[2 * Disk.SECTOR];
    start[0] = 1; // GNU tar stores no sector of zeros
    byte[] signature = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(signature, 0, start, Disk.SECTOR, signature.length);
    return Recipe.of((machine, tar) -> tar.sparse(Disk.withStart(start, machine)));
  }

  static Recipe uefi(UUID... partitions) {
    return Recipe.of(
        (machine, tar) -> tar.sparse(Disk.withStart(Gpt.start(List.of(partitions)), machine)));
  }

  static Recipe biosAndUefi() {
    byte[] start = Gpt.start(List.of(Gpt.EFI_SYSTEM));
    start[0] = (byte) 0xeb;
    start[1] = (byte) 0xfe;
    return Recipe.of((machine, tar) -> tar.sparse(Disk.withStart(start, machine)));
  }

  static Recipe largeRecord() {
    return Recipe.open(
        (machine, tar) -> tar.sparse(Disk.simulated(machine)).zeros(1024 + Disk.MIB));
  }

  static Recipe sparseGib(int gib) {
    return Recipe.of((machine, tar) -> tar.sparse(Disk.simulated(machine).resized(gib * Disk.GIB)));
  }

  static Recipe plainGib(int gib) {
    return Recipe.of((machine, tar) -> tar.member(Disk.simulated(machine).resized(gib * Disk.GIB)));
  }

  static Recipe noise(boolean sparse) {
    return (machine, out) -> {
      GzipFile gzip = GzipFile.start(out, GzipFile.header(), Deflater.NO_COMPRESSION);
      TarFile tar = new TarFile(gzip);
      Disk disk = Disk.noise(Disk.GIB, 1024);
      (sparse ? tar.sparse(disk) : tar.member(disk)).end();
      gzip.finish();
    };
  }

  /** A run of 512 bytes at each of 150 places, the last of them at the disk's end. */
  private static Disk scattered(SimulatedDisk machine) {
    Disk disk = Disk.simulated(machine);
    List<Disk.Run> runs = new ArrayList<>(disk.runs());
    for (int i = 2; i < 150; i++) {
      runs.add(new Disk.Run(2L * i * Disk.MIB, Disk.SECTOR));
    }
    runs.add(new Disk.Run(Disk.GIB - Disk.SECTOR, Disk.SECTOR));
    return new Disk(
        Disk.GIB,
        runs,
        (offset, to, length) -> {
          if (offset < 2L * Disk.MIB) {
            disk.content().copy(offset, to, length);
          } else {
            Noise.fill(offset, to, length);
          }
        });
  }

  private static void whole(SimulatedDisk machine, OutputStream out, byte[] header, int level)
      throws IOException {
    GzipFile gzip = GzipFile.start(out, header, level);
    gzip.write(Bytes.tar(machine));
    gzip.finish();
  }

  private static byte[] fullHeader() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    byte[] start = GzipFile.header();
    start[3] = ALL_FLAGS;
    header.write(start);
    header.write(new byte[] {6, 0, 'S', 'W', 2, 0, 1, 2});
    header.write("disk.tar\0packed by hand\0".getBytes(StandardCharsets.ISO_8859_1));
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    header.write((int) crc.getValue());
    header.write((int) crc.getValue() >>> 8);
    return header.toByteArray();
  }
}
