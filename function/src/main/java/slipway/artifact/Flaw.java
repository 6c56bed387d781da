package slipway.artifact;

/**
 * What a reader of the upload found wrong: facts alone. {@link Verifier} adds whose upload it is,
 * and {@link Remedies} the command that mends it.
 */
final class Flaw extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String part;
  private final String expected;
  private final transient Object found;

  /**
   * Says what is wrong with which part of the upload.
   *
   * @param part what was looked at: "the tar header"
   * @param found as words, or as a value whose {@code toString} are the words and on which the
   *     remedy depends: a {@link FileKind}, a {@link DiskSize}, a {@link MemberType}
   */
  Flaw(Reason reason, String part, String expected, Object found) {
    super(part + ": expected " + expected + ", found " + found);
    this.reason = reason;
    this.part = part;
    this.expected = expected;
    this.found = found;
  }

  Reason reason() {
    return reason;
  }

  String part() {
    return part;
  }

  String expected() {
    return expected;
  }

  Object found() {
    return found;
  }
}
