package localcloud.assembly;

/** Words for a POSIX shell. */
public final class Shell {
  private Shell() {}

  /** Bare where that is safe, else in single quotes. */
  public static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
