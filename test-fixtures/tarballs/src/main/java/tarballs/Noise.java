package tarballs;

/** Bytes without a pattern that gzip could use, the same each time: they depend on the place. */
final class Noise {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private Noise() {}

  /** Fills with the noise that belongs to the place; the offset is a multiple of 8. */
  static void fill(long offset, byte[] to, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      long word = mixed((offset + i) / Long.BYTES);
      for (int j = i; j < Math.min(length, i + Long.BYTES); j++) {
        to[j] = (byte) word;
        word >>>= Byte.SIZE;
      }
    }
  }

  /** Steele, Lea and Flood's SplitMix64. */
  private static long mixed(long index) {
    long z = (index + 1) * GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
