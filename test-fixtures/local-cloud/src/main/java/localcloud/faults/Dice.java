package localcloud.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Throws one die for each question. What comes up depends on the seed and the question alone and on
 * nothing that was thrown before: a shared stream of random numbers would give every later call
 * another number as soon as one more call came in between, so that no run with polling or with two
 * clients could ever be repeated.
 */
final class Dice {
  private static final int BITS_OF_A_DOUBLE = 53;

  private final long seed;

  Dice(long seed) {
    this.seed = seed;
  }

  /**
   * Returns a number from 0 up to 1.
   *
   * @param count how often this rule was asked about this identity before
   */
  double draw(String rule, String identity, long count) {
    String question = seed + "\0" + rule + "\0" + identity + "\0" + count;
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(question.getBytes(UTF_8));
      long bits = ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS_OF_A_DOUBLE);
      return bits / (double) (1L << BITS_OF_A_DOUBLE);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
