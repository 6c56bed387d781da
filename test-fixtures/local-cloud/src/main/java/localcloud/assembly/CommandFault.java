package localcloud.assembly;

/** Ends a command with a sentence for whoever typed it. */
public final class CommandFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The command line itself is wrong. */
  static final int USAGE = 2;

  /** It could not be done. */
  public static final int FAILED = 1;

  private final int exitCode;

  private CommandFault(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Exit code 2. */
  public static CommandFault usage(String message, Object... values) {
    return new CommandFault(USAGE, Text.of(message, values));
  }

  /** Exit code 1. */
  public static CommandFault failed(String message, Object... values) {
    return new CommandFault(FAILED, Text.of(message, values));
  }

  /** {@link #USAGE} or {@link #FAILED}. */
  public int exitCode() {
    return exitCode;
  }
}
