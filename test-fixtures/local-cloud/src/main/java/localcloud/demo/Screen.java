package localcloud.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import localcloud.assembly.Text;

/** Lines, and one bar that is redrawn in place on a terminal, or printed when it changes. */
final class Screen {
  private static final int BAR_WIDTH = 24;
  private static final String PROPERTY = "localcloud.terminal";

  /** Whether somebody sits there: what is typed comes from a terminal too. */
  private static final String PERSON = "localcloud.person";

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

  /** Says this and waits for Enter, if somebody sits there; otherwise goes on without a word. */
  void pause(String text) throws IOException {
    if (Boolean.getBoolean(PERSON)) {
      pause(text, System.in);
    }
  }

  /** The same until what is typed has an Enter, or ends. */
  void pause(String text, InputStream typed) throws IOException {
    line("");
    line(text);
    int next = typed.read();
    while (next != '\n' && next != -1) {
      next = typed.read();
    }
  }

  private void endBar() {
    if (terminal && !bar.isEmpty()) {
      out.println();
    }
    bar = "";
  }
}
