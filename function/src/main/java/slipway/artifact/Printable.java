package slipway.artifact;

import java.util.HexFormat;

/** Makes an uploader's bytes fit for a message: one line, printable, bounded. */
final class Printable {
  /** Keeps a message readable; a name in a tar header has at most 100 bytes. */
  private static final int MOST = 120;

  private Printable() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(MOST).forEach(c -> append(out, c));
    return text.length() > MOST ? out + "..." : out.toString();
  }

  /** "bytes 50 4b 03 04": the first four, or fewer. */
  static String bytes(byte[] bytes, int length) {
    int shown = Math.min(length, 4);
    return "the bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
  }

  private static void append(StringBuilder out, int c) {
    if (Character.isISOControl(c) || !Character.isDefined(c) || isSurrogate(c)) {
      out.append("\\u").append(HexFormat.of().toHexDigits((char) c));
    } else {
      out.appendCodePoint(c);
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
