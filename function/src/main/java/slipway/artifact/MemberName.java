package slipway.artifact;

import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.upload.Commands;

/** The name of the archive's one member: Compute Engine takes exactly disk.raw. */
final class MemberName {
  private static final String DISK = "disk.raw";

  private MemberName() {}

  /** Looked at before the format, since macOS writes it in a format that is refused as well. */
  static void checkAppleDouble(String name, Subject subject) {
    if (name.substring(name.lastIndexOf('/') + 1).startsWith("._")) {
      throw subject.refuse(
          Reason.APPLE_DOUBLE,
          "the tar archive",
          "one member, disk.raw",
          "the AppleDouble member " + Printable.of(name) + ", which macOS adds");
    }
  }

  static void check(String name, Subject subject) {
    if (name.equals(DISK)) {
      return;
    }
    Reason reason = Reason.NAME_OTHER;
    if (name.equals("./" + DISK)) {
      reason = Reason.NAME_DOT_SLASH;
    } else if (name.endsWith("/" + DISK)) {
      reason = Reason.NAME_FOLDER;
    }
    throw subject.refuse(
        reason,
        new Finding("the name of the tar member", DISK, Printable.of(name)),
        remedy(reason, name, subject.commands()));
  }

  private static String remedy(Reason reason, String name, Commands commands) {
    return switch (reason) {
      case NAME_DOT_SLASH -> commands.pack();
      case NAME_FOLDER ->
          commands.packFrom(Printable.of(name.substring(0, name.length() - DISK.length())));
      // The member may stand beside a disk.raw, which must not be lost.
      default ->
          "test -e disk.raw || mv -- "
              + Commands.quoted(Printable.of(name))
              + " disk.raw && "
              + commands.pack();
    };
  }
}
