package slipway.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A tar archive of one small disk in old GNU form, plain or sparse, whose header or sparse map is
 * changed in one to three places: other numbers, the same numbers in other notations, bytes where
 * none belong. The checksum is right, or nearly so. The same seed makes the same archive.
 */
final class Mutant {
  private static final int BLOCK = TarBlock.BYTES;
  private static final int DISK_BYTES = 64 * 1024;
  private static final int ENTRY = 24;

  private final SplittableRandom random;

  /** The header, and the blocks that go on with its map. */
  private final List<byte[]> blocks = new ArrayList<>();

  private final byte[] data;

  Mutant(long seed) {
    random = new SplittableRandom(seed);
    int extents = random.nextInt(4) == 0 ? -1 : random.nextInt(random.nextBoolean() ? 6 : 40);
    data = new byte[extents < 0 ? 1024 : extents * BLOCK];
    header(extents);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (1 + random.nextInt(255));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      change();
    }
    sum();
  }

  byte[] archive() {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    blocks.forEach(archive::writeBytes);
    archive.writeBytes(data);
    archive.writeBytes(new byte[2 * BLOCK]);
    return archive.toByteArray();
  }

  private void header(int extents) {
    byte[] header = new byte[BLOCK];
    blocks.add(header);
    put(header, 0, "disk.raw");
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, octal(data.length) + "14000000000\0");
    put(header, 156, extents < 0 ? "0" : "S");
    put(header, 257, "ustar  \0root");
    if (extents >= 0) {
      put(header, 483, octal(DISK_BYTES));
      map(extents);
    }
  }

  /** Extents of a block, each with a hole after it, and one of nothing at the disk's end. */
  private void map(int extents) {
    byte[] block = blocks.get(0);
    int at = 386;
    for (int i = 0; i <= extents; i++) {
      if (at == (blocks.size() == 1 ? 482 : 504)) {
        block[at] = 1;
        block = new byte[BLOCK];
        blocks.add(block);
        at = 0;
      }
      put(block, at, octal(i < extents ? i * 3L * BLOCK : DISK_BYTES));
      put(block, at + ENTRY / 2, octal(i < extents ? BLOCK : 0));
      at += ENTRY;
    }
  }

  private void change() {
    byte[] block = blocks.get(random.nextInt(blocks.size()));
    boolean header = block == blocks.get(0);
    HeaderField field = HeaderField.values()[random.nextInt(HeaderField.values().length)];
    switch (random.nextInt(8)) {
      case 0 -> block[random.nextInt(BLOCK)] = (byte) random.nextInt(256);
      case 1 -> block[header ? 482 : 504] = (byte) "\0\1\2\u00011 \u00ff".charAt(random.nextInt(7));
      case 2, 3 -> number(block, entry(header) + random.nextInt(2) * ENTRY / 2, ENTRY / 2);
      case 4 -> number(blocks.get(0), random.nextBoolean() ? 124 : 483, 12);
      case 5 -> put(blocks.get(0), field.at, text(field.length));
      default -> number(blocks.get(0), field.at, field.length);
    }
  }

  private int entry(boolean header) {
    return header ? 386 + ENTRY * random.nextInt(4) : ENTRY * random.nextInt(21);
  }

  private void number(byte[] block, int at, int length) {
    if (length < 8 || length > 12) {
      return;
    }
    long old = Math.max(0, TarBlock.number(block, at, length));
    long number =
        switch (random.nextInt(10)) {
          case 0 -> 0;
          case 1 -> old + 1;
          case 2 -> Math.max(0, old - BLOCK);
          case 3 -> old + BLOCK;
          case 4 -> random.nextLong() >>> random.nextInt(64);
          default -> old;
        };
    put(block, at, notation(number, length));
  }

  private String notation(long number, int length) {
    String octal = Long.toOctalString(number);
    String padded = String.format(Locale.ROOT, "%" + (length - 1) + "s", octal);
    String zeros = padded.replace(' ', '0');
    String text =
        switch (random.nextInt(20)) {
          case 0 -> zeros + " ";
          case 1 -> "0" + zeros;
          case 2 -> padded + "\0";
          case 3 -> padded + " ";
          case 4 -> " " + padded;
          case 5 -> octal + "\0".repeat(length);
          case 6 -> octal + " \0".repeat(length);
          case 7 -> octal + " ".repeat(length);
          case 8 -> octal + "\0" + "7".repeat(length);
          case 9 -> "\0" + zeros;
          case 10 -> octal + "\t\n\u000b".charAt(random.nextInt(3)) + "\0".repeat(length);
          case 11 -> "\t" + octal + "\0".repeat(length);
          case 12 -> "+-x89".charAt(random.nextInt(5)) + octal + "\0".repeat(length);
          case 13 -> "\0".repeat(length);
          case 14 -> " ".repeat(length);
          case 15, 16 ->
              base256(
                  number, length, "\u0080\u0080\u0080\u00ff\u0081\u00c0".charAt(random.nextInt(6)));
          default -> zeros + "\0";
        };
    return text.substring(0, Math.min(length, text.length()));
  }

  private static String base256(long number, int length, char first) {
    StringBuilder text = new StringBuilder();
    text.append(first);
    for (int i = length - 2; i >= 0; i--) {
      boolean beyond = i >= Long.BYTES;
      text.append((char) (beyond ? first == 0xff ? 0xff : 0 : number >>> (8 * i) & 0xff));
    }
    return text.toString();
  }

  private String text(int length) {
    return switch (random.nextInt(4)) {
      case 0 -> "\0".repeat(length);
      case 1 -> "tmp";
      case 2 -> "\0" + "x";
      default -> "/".repeat(length);
    };
  }

  /** In one of the notations of a checksum, and now and then wrong by one. */
  private void sum() {
    byte[] header = blocks.get(0);
    long sum = TarBlock.sum(header) + (random.nextInt(50) == 0 ? 1 : 0);
    put(
        header,
        148,
        String.format(Locale.ROOT, random.nextInt(8) == 0 ? "%07o\0" : "%06o\0 ", sum));
  }

  private static String octal(long number) {
    return String.format(Locale.ROOT, "%011o\0", number);
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, block.length - at));
  }
}
