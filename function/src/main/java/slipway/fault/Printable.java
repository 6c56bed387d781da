package slipway.fault;

import java.util.HexFormat;

/** Makes foreign text fit for a message: one line, printable. */
public final class Printable {
  /** Keeps a message readable; a name in a tar header has at most 100 bytes. */
  private static final int MOST = 120;

  private Printable() {}

  /** The same without what breaks a line or hides a text, and at most 120 characters of it. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(MOST).forEach(c -> append(out, c));
    return text.codePointCount(0, text.length()) > MOST ? out + "..." : out.toString();
  }

  /** The same text in full length. */
  public static String whole(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /**
   * The same JSON with escapes in place of what is not printable: what a reader of it gets is the
   * text as it was, what a terminal shows is harmless.
   *
   * @param json whole JSON values; JSON has such characters in texts alone, but for line feeds
   */
  public static String json(String json) {
    StringBuilder out = new StringBuilder(json.length());
    json.codePoints().forEach(c -> appendJson(out, c));
    return out.toString();
  }

  /** "the bytes 50 4b 03 04": the first four, or fewer. */
  public static String bytes(byte[] bytes, int length) {
    int shown = Math.min(length, 4);
    return "the bytes " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
  }

  private static void append(StringBuilder out, int c) {
    if (printable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append("\\u{").append(Integer.toHexString(c)).append('}');
    }
  }

  private static void appendJson(StringBuilder out, int c) {
    if (c == '\n' || printable(c)) {
      out.appendCodePoint(c);
      return;
    }
    for (char unit : Character.toChars(c)) {
      out.append("\\u").append(HexFormat.of().toHexDigits(unit));
    }
  }

  /** Not what breaks a line, or turns the direction of writing to make a name look like another. */
  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
