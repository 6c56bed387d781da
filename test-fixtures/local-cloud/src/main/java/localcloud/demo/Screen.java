package localcloud.demo;

import java.io.PrintStream;
import localcloud.assembly.Text;

/** Lines, and one bar that is redrawn in place on a terminal, or printed when it changes. */
final class Screen {
  private static final int BAR_WIDTH = 24;
  private static final String PROPERTY = "localcloud.terminal";

  private final PrintStream out;
  private final boolean terminal;
  private String bar = "";

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard output; the script knows whether that is a terminal. */
  static Screen standard() {
    return new Screen(System.out, Boolean.getBoolean(PROPERTY));
  }

  synchronized void line(String format, Object... values) {
    endBar();
    out.println(values.length == 0 ? format : Text.of(format, values));
    out.flush();
  }

  /** Shows how much of it is done, in place of the bar before. */
  synchronized void bar(String lead, double done, String text) {
    int full = (int) Math.round(Math.max(0, Math.min(1, done)) * BAR_WIDTH);
    String picture = "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] " + text;
    if (terminal) {
      // Carriage return, and erase to the end of the line.
      out.print("\r" + lead + picture + "\u001b[K");
    } else if (!picture.equals(bar)) {
      out.println(lead + picture);
    }
    bar = picture;
    out.flush();
  }

  private void endBar() {
    if (terminal && !bar.isEmpty()) {
      out.println();
    }
    bar = "";
  }
}
