package localcloud.cli;

/** Ends a command with a sentence for whoever typed it. */
final class CommandFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  /** It could not be done. */
  static final int FAILED = 1;

  private final int exitCode;

  private CommandFault(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFault usage(String message, Object... values) {
    return new CommandFault(USAGE, Text.of(message, values));
  }

  static CommandFault failed(String message, Object... values) {
    return new CommandFault(FAILED, Text.of(message, values));
  }

  int exitCode() {
    return exitCode;
  }
}
