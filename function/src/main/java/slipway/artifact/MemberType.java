package slipway.artifact;

import slipway.fault.Printable;

/** The type of a tar member, one byte of its header, in words. */
record MemberType(char flag) {
  /** Whether the file itself is elsewhere. */
  boolean isLink() {
    return flag == '1' || flag == '2';
  }

  @Override
  public String toString() {
    return switch (flag) {
      case '1' -> "a hard link";
      case '2' -> "a symbolic link";
      case '3', '4' -> "a device";
      case '5' -> "a directory";
      case '6' -> "a FIFO";
      case 'V' -> "a volume label";
      case 'M' -> "the rest of a file from another volume";
      default -> "a member of type " + Printable.of(String.valueOf(flag));
    };
  }
}
