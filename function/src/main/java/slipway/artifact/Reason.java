package slipway.artifact;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import slipway.upload.Commands;

/** Why an upload is refused: the stable code, and the command that usually mends it. */
enum Reason {
  OBJECT_NAME("object-name", Commands::pack),
  CONTENT_ENCODING("content-encoding", Commands::send),
  CUSTOMER_KEY("customer-key", Commands::send),
  EMPTY("empty", Commands::pack),
  NOT_GZIP("not-gzip", Commands::pack),
  DOUBLE_GZIP("double-gzip", Commands::pack),
  GZIP_HEADER("gzip-header", Commands::pack),
  GZIP_DAMAGED("gzip-damaged", Reason::checkThenSend),
  GZIP_CRC("gzip-crc", Reason::checkThenSend),
  GZIP_SIZE("gzip-size", Reason::checkThenSend),
  TRUNCATED("truncated", Reason::checkThenSend),
  TRAILING_DATA("trailing-data", Commands::pack),
  NOT_TAR("not-tar", Commands::pack),
  NO_MEMBER("no-member", Commands::pack),
  TAR_CHECKSUM("tar-checksum", Commands::pack),
  TAR_NUMBER("tar-number", Commands::pack),
  TAR_FORMAT("tar-format", Commands::pack),
  TAR_TRUNCATED("tar-truncated", Commands::pack),
  LONG_NAME("long-name", Commands::pack),
  APPLE_DOUBLE("apple-double", Commands::packOnMac),
  NAME_DOT_SLASH("name-dot-slash", Commands::pack),
  NAME_FOLDER("name-folder", Commands::pack),
  NAME_OTHER("name-other", Commands::pack),
  MEMBER_TYPE("member-type", Commands::pack),
  MORE_THAN_ONE_MEMBER("more-than-one-member", Commands::pack),
  DISK_EMPTY("disk-empty", c -> "test -s disk.raw && " + c.pack()),
  DISK_SIZE("disk-size", Commands::pack),
  DISK_TOO_LARGE("disk-too-large", Commands::pack),
  SPARSE_MAP("sparse-map", Commands::pack),
  NO_BOOT_SIGNATURE("no-boot-signature", Reason::packIfLabelled),
  NO_END_OF_ARCHIVE("no-end-of-archive", Commands::pack),
  DATA_AFTER_END("data-after-end", Commands::pack),
  ENDLESS_PADDING("endless-padding", Commands::pack),
  UNSIGNED("unsigned", Commands::sign),
  SIGNATURE_WRONG("signature-wrong", Commands::sign),
  SIZE_MISMATCH("size-mismatch", Commands::send),
  PROOF_TOO_LONG("proof-too-long", c -> "fallocate --dig-holes disk.raw && " + c.pack());

  /** What bytes damaged on their way look like; a tar header's own faults have a valid checksum. */
  private static final Set<Reason> LIKE_DAMAGE =
      EnumSet.of(
          GZIP_DAMAGED,
          GZIP_CRC,
          GZIP_SIZE,
          TRUNCATED,
          TRAILING_DATA,
          TAR_CHECKSUM,
          TAR_TRUNCATED,
          NO_END_OF_ARCHIVE,
          DATA_AFTER_END);

  private final String code;
  private final Function<Commands, String> remedy;

  Reason(String code, Function<Commands, String> remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  String code() {
    return code;
  }

  /** Whether a refusal with this code may be due to the way that the bytes came. */
  static boolean looksLikeDamage(String code) {
    return LIKE_DAMAGE.stream().anyMatch(reason -> reason.code.equals(code));
  }

  String remedy(Commands commands) {
    return remedy.apply(commands);
  }

  /** Compute Engine boots what has a disk label and a boot loader; only the build can add those. */
  private static String packIfLabelled(Commands commands) {
    return "fdisk -l disk.raw | grep 'Disklabel type' && " + commands.pack();
  }

  /** A sound file was damaged on its way; a damaged one has to be packed again. */
  private static String checkThenSend(Commands commands) {
    return "gzip -t "
        + commands.file()
        + " && "
        + commands.send()
        + " || { "
        + commands.pack()
        + "; }";
  }
}
