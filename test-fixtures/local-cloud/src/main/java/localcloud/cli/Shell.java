package localcloud.cli;

/** Words for a POSIX shell. */
final class Shell {
  private Shell() {}

  /** Bare where that is safe, else in single quotes. */
  static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
