package localcloud.assembly;

import java.util.Locale;

/** Texts alike in every locale. */
public final class Text {
  private Text() {}

  /** As {@link String#format} in English. */
  public static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
