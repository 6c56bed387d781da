package slipway.artifact;

import slipway.fault.Printable;

/** The name of the archive's one member: Compute Engine takes exactly disk.raw. */
final class MemberName {
  private static final String DISK = "disk.raw";

  private MemberName() {}

  /** Looked at before the format, since macOS writes it in a format that is refused as well. */
  static void checkAppleDouble(String name) {
    if (name.substring(name.lastIndexOf('/') + 1).startsWith("._")) {
      throw new Flaw(
          Reason.APPLE_DOUBLE,
          "the tar archive",
          "one member, disk.raw",
          "the AppleDouble member " + Printable.of(name) + ", which macOS adds");
    }
  }

  static void check(String name) {
    if (name.equals(DISK)) {
      return;
    }
    Reason reason = Reason.NAME_OTHER;
    if (name.equals("./" + DISK)) {
      reason = Reason.NAME_DOT_SLASH;
    } else if (name.endsWith("/" + DISK)) {
      reason = Reason.NAME_FOLDER;
    }
    throw new Flaw(reason, "the name of the tar member", DISK, Printable.of(name));
  }
}
