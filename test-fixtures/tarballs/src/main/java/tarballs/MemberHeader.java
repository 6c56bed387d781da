package tarballs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One 512-byte tar header, as GNU tar writes it for root's file of 1970 unless told otherwise. */
final class MemberHeader {
  private static final int BYTES = 512;
  private static final long OCTAL_END = 1L << 33;

  private final byte[] block = new byte[BYTES];

  MemberHeader(String name, char type, long size) {
    text(0, name);
    text(100, "0000644");
    text(108, "0000000");
    text(116, "0000000");
    number(124, size);
    text(136, "00000000000");
    block[156] = (byte) type;
    text(257, "ustar  ");
    text(265, "root");
    text(297, "root");
  }

  static MemberHeader disk(char type, long size) {
    return new MemberHeader("disk.raw", type, size);
  }

  MemberHeader ustar() {
    text(257, "ustar");
    block[262] = 0;
    text(263, "00");
    text(329, "0000000");
    text(337, "0000000");
    return this;
  }

  MemberHeader v7() {
    Arrays.fill(block, 257, BYTES, (byte) 0);
    return this;
  }

  MemberHeader linkTo(String target) {
    text(157, target);
    return this;
  }

  /** The first four extents, whether there are more, and the disk's whole size. */
  MemberHeader sparse(List<Disk.Run> map, long diskSize) {
    runs(block, 386, map, 4);
    block[482] = (byte) (map.size() > 4 ? 1 : 0);
    number(483, diskSize);
    return this;
  }

  /** Something that does not belong there. */
  MemberHeader with(int at, String text) {
    text(at, text);
    return this;
  }

  MemberHeader fourthExtent(Disk.Run run) {
    number(386 + 3 * 24, run.offset());
    number(386 + 3 * 24 + 12, run.length());
    return this;
  }

  MemberHeader extended() {
    block[482] = 1;
    return this;
  }

  byte[] bytes() {
    byte[] bytes = block.clone();
    Arrays.fill(bytes, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : bytes) {
      sum += b & 0xff;
    }
    text(bytes, 148, String.format(Locale.ROOT, "%06o", sum));
    bytes[154] = 0;
    return bytes;
  }

  /** A block that goes on with the map: up to 21 extents. */
  static byte[] extension(List<Disk.Run> map, boolean more) {
    byte[] bytes = new byte[BYTES];
    runs(bytes, 0, map, 21);
    bytes[504] = (byte) (more ? 1 : 0);
    return bytes;
  }

  private static void runs(byte[] to, int at, List<Disk.Run> map, int most) {
    for (int i = 0; i < Math.min(most, map.size()); i++) {
      number(to, at + 24 * i, map.get(i).offset());
      number(to, at + 24 * i + 12, map.get(i).length());
    }
  }

  private void number(int at, long value) {
    number(block, at, value);
  }

  /** Eleven octal digits, or from 8 GiB on GNU's base 256. */
  private static void number(byte[] to, int at, long value) {
    if (value < OCTAL_END) {
      text(to, at, String.format(Locale.ROOT, "%011o", value));
      return;
    }
    to[at] = (byte) 0x80;
    for (int i = 11; i > 3; i--) {
      to[at + i] = (byte) (value >>> (Byte.SIZE * (11 - i)));
    }
  }

  private void text(int at, String text) {
    text(block, at, text);
  }

  private static void text(byte[] to, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, to, at, bytes.length);
  }
}
