package slipway.artifact;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a tarball's bytes as they are stored: what identifies a content. */
public final class Sha256 {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int BITS = 256;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private final String hex;

  private Sha256(String hex) {
    this.hex = hex;
  }

  /**
   * Takes a finished digest.
   *
   * @throws IllegalArgumentException unless it is 32 bytes long
   */
  public static Sha256 ofDigest(byte[] digest) {
    return ofHex(HexFormat.of().formatHex(digest));
  }

  /**
   * Takes the form that the record holds.
   *
   * @throws IllegalArgumentException unless it is 64 hex digits in lower case
   */
  public static Sha256 ofHex(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("SHA-256: expected 64 of [0-9a-f], found " + hex);
    }
    return new Sha256(hex);
  }

  /** The digest itself: 32 bytes. */
  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** 64 digits in lower case, for records and for comparison with {@code sha256sum}. */
  public String hex() {
    return hex;
  }

  /**
   * RFC 4648 base32 in lower case without padding: 52 characters, since a Compute label's value
   * allows 63 and hex needs 64.
   */
  public String base32() {
    BigInteger bits = new BigInteger(hex, 16);
    StringBuilder text = new StringBuilder();
    for (int shift = BITS - 5; shift > -5; shift -= 5) {
      text.append(BASE32.charAt(bits.shiftRight(shift).intValue() & 31));
    }
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256 that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
