package tarballs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a tar archive's parts in the order that the caller wants, right or wrong. */
final class TarFile {
  private static final int BLOCK = 512;

  /** GNU tar's records: 20 blocks. */
  private static final int RECORD = 20 * BLOCK;

  private final Sink out;
  private long length;

  TarFile(Sink out) {
    this.out = out;
  }

  TarFile bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    length += bytes.length;
    return this;
  }

  TarFile zeros(long count) throws IOException {
    out.zeros(count);
    length += count;
    return this;
  }

  /** Counts bytes that the caller wrote by itself. */
  TarFile wrote(long count) {
    length += count;
    return this;
  }

  TarFile header(MemberHeader header) throws IOException {
    return bytes(header.bytes());
  }

  /** As GNU tar -S: the header with its map, then the runs alone. */
  TarFile sparse(Disk disk) throws IOException {
    return sparse(disk, map(disk));
  }

  /** With a map of the caller's own. */
  TarFile sparse(Disk disk, List<Disk.Run> map) throws IOException {
    sparseHeader(disk.dataBytes(), disk.size(), map);
    for (Disk.Run run : disk.runs()) {
      copy(disk, run);
    }
    return padded();
  }

  TarFile sparseHeader(long stored, long diskSize, List<Disk.Run> map) throws IOException {
    header(MemberHeader.disk('S', stored).sparse(map, diskSize));
    for (int at = 4; at < map.size(); at += 21) {
      List<Disk.Run> rest = map.subList(at, Math.min(map.size(), at + 21));
      bytes(MemberHeader.extension(rest, at + 21 < map.size()));
    }
    return this;
  }

  /** As GNU tar without -S: the header, then the whole disk. */
  TarFile member(Disk disk) throws IOException {
    return header(MemberHeader.disk('0', disk.size())).plain(disk);
  }

  /** The whole disk, holes as zeros, after whatever header the caller wrote. */
  TarFile plain(Disk disk) throws IOException {
    long at = 0;
    for (Disk.Run run : disk.runs()) {
      zeros(run.offset() - at);
      copy(disk, run);
      at = run.offset() + run.length();
    }
    zeros(disk.size() - at);
    return padded();
  }

  /** Two blocks of zeros, and more up to a whole record. */
  void end() throws IOException {
    zeros(2 * BLOCK);
    zeros(-length & (BLOCK - 1));
    zeros((RECORD - length % RECORD) % RECORD);
  }

  /** GNU tar closes the map of a disk that ends in a hole with an empty extent at its end. */
  static List<Disk.Run> map(Disk disk) {
    List<Disk.Run> map = new ArrayList<>(disk.runs());
    Disk.Run last = map.get(map.size() - 1);
    if (last.offset() + last.length() < disk.size()) {
      map.add(new Disk.Run(disk.size(), 0));
    }
    return map;
  }

  private TarFile padded() throws IOException {
    return zeros(-length & (BLOCK - 1));
  }

  private void copy(Disk disk, Disk.Run run) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (long at = 0; at < run.length(); at += buffer.length) {
      int count = (int) Math.min(buffer.length, run.length() - at);
      disk.content().copy(run.offset() + at, buffer, count);
      out.write(buffer, count);
    }
    length += run.length();
  }
}
