package slipway.artifact;

import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Every byte of the header of a regular or sparse member in old GNU form, in order (GNU tar's
 * manual, "Basic Tar Format"), and what it may hold. What a reader might take for something else is
 * refused, also where GNU tar would not look: nobody knows how Compute Engine reads it.
 */
enum HeaderField {
  NAME("the name", 0, TarConstants.NAMELEN, Rule.READ),
  MODE("the mode", 100, TarConstants.MODELEN, Rule.NUMBER),
  UID("the user's number", 108, TarConstants.UIDLEN, Rule.ID),
  GID("the group's number", 116, TarConstants.GIDLEN, Rule.ID),
  SIZE("the size", 124, TarConstants.SIZELEN, Rule.READ),
  MTIME("the time of the last change", 136, TarConstants.MODTIMELEN, Rule.TIME),
  CHECKSUM("the checksum", TarConstants.CHKSUM_OFFSET, TarConstants.CHKSUMLEN, Rule.READ),
  TYPE("the type", TarConstants.LF_OFFSET, 1, Rule.READ),
  LINK_NAME("the name of a link's target", 157, TarConstants.NAMELEN, Rule.NOTHING),
  MAGIC("the magic", TarConstants.MAGIC_OFFSET, 8, Rule.READ),
  /** Free: whose file it was on another machine. */
  USER("the user's name", 265, TarConstants.UNAMELEN, Rule.FREE),
  /** Free, as the user. */
  GROUP("the group's name", 297, TarConstants.GNAMELEN, Rule.FREE),
  /** bsdtar's and Go's are 0, GNU tar's is empty. */
  MAJOR("a device's major number", 329, TarConstants.DEVLEN, Rule.NUMBER_OR_NOTHING),
  MINOR("a device's minor number", 337, TarConstants.DEVLEN, Rule.NUMBER_OR_NOTHING),
  /**
   * Here POSIX has the prefix, a text of 155 bytes. GNU tar --incremental and Go write the times of
   * the last access and change; Python and busybox then read them as a folder's name.
   */
  ATIME("the time of the last access", 345, TarConstants.ATIMELEN_GNU, Rule.TIME_OR_NOTHING),
  CTIME(
      "the time of the last change of its attributes",
      357,
      TarConstants.CTIMELEN_GNU,
      Rule.TIME_OR_NOTHING),
  OFFSET("the offset in another volume", 369, TarConstants.OFFSETLEN_GNU, Rule.NOTHING),
  LONG_NAMES("the number of long names", 381, TarConstants.LONGNAMESLEN_GNU, Rule.NOTHING),
  UNUSED("the byte before the sparse map", 385, TarConstants.PAD2LEN_GNU, Rule.NOTHING),
  MAP("the sparse map", 386, TarConstants.SPARSELEN_GNU, Rule.OF_SPARSE),
  EXTENDED("whether the map goes on", 482, TarConstants.ISEXTENDEDLEN_GNU, Rule.OF_SPARSE),
  REAL_SIZE("the disk's size", 483, TarConstants.REALSIZELEN_GNU, Rule.OF_SPARSE),
  REST("the rest of the block", 495, TarBlock.BYTES - 495, Rule.NOTHING);

  private static final String A_NUMBER = "octal digits or a number in base 256 below 2^63";

  private static final long MOST_ID = 0xffff_ffffL;

  final int at;
  final int length;
  private final String words;
  private final Rule rule;

  HeaderField(String words, int at, int length, Rule rule) {
    this.words = words;
    this.at = at;
    this.length = length;
    this.rule = rule;
  }

  private enum Rule {
    /** Looked at by who reads it. */
    READ,
    /** The same of a sparse member, empty in any other. */
    OF_SPARSE,
    FREE,
    NUMBER,
    /** A number of 32 bits: GNU tar stops at a larger one. */
    ID,
    NUMBER_OR_NOTHING,
    TIME,
    TIME_OR_NOTHING,
    NOTHING
  }

  /** Looks at every field that nobody reads, and at what stands behind the end of the name. */
  static void check(byte[] block, boolean sparse) {
    for (HeaderField field : values()) {
      field.check(block, sparse, TarBlock.zero(block, field.at, field.length));
    }
    int end = NAME.at + NAME.text(block).length();
    if (!TarBlock.zero(block, end, NAME.at + NAME.length - end)) {
      throw NAME.notEmpty("zeros after disk.raw");
    }
  }

  private void check(byte[] block, boolean sparse, boolean empty) {
    if (empty && (rule == Rule.NUMBER_OR_NOTHING || rule == Rule.TIME_OR_NOTHING)) {
      return;
    }
    switch (rule) {
      case NUMBER, NUMBER_OR_NOTHING -> number(block);
      case ID -> id(block);
      case TIME, TIME_OR_NOTHING -> time(block);
      case NOTHING -> requireEmpty(empty, "zeros");
      case OF_SPARSE -> requireEmpty(empty || sparse, "zeros in a member that is not sparse");
      case READ, FREE -> {}
    }
  }

  /** The number in the field. */
  long number(byte[] block) {
    long number = TarBlock.number(block, at, length);
    if (number < 0) {
      throw notANumber();
    }
    return number;
  }

  private void id(byte[] block) {
    if (number(block) > MOST_ID) {
      throw flaw(Reason.TAR_NUMBER, "a number of 32 bits", "a larger one");
    }
  }

  private void time(byte[] block) {
    if (!TarBlock.isTime(block, at, length)) {
      throw notANumber();
    }
  }

  /** The text in the field, up to the first NUL. */
  String text(byte[] block) {
    return TarBlock.text(block, at, length);
  }

  private void requireEmpty(boolean empty, String expected) {
    if (!empty) {
      throw notEmpty(expected);
    }
  }

  private Flaw notANumber() {
    return flaw(Reason.TAR_NUMBER, A_NUMBER, "neither");
  }

  private Flaw notEmpty(String expected) {
    return flaw(Reason.TAR_FIELD, expected, "other bytes");
  }

  private Flaw flaw(Reason reason, String expected, String found) {
    return new Flaw(reason, words + " in the tar header", expected, found);
  }
}
