package localcloud.cli;

import java.util.Locale;

/** Texts alike in every locale. */
final class Text {
  private Text() {}

  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
