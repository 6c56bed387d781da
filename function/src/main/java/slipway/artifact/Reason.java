package slipway.artifact;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why an upload is refused; machines know it by the name in lower case, with hyphens. */
enum Reason {
  OBJECT_NAME,
  CONTENT_ENCODING,
  CUSTOMER_KEY,
  EMPTY,
  NOT_GZIP,
  DOUBLE_GZIP,
  GZIP_HEADER,
  GZIP_DAMAGED,
  GZIP_CRC,
  GZIP_SIZE,
  TRUNCATED,
  TRAILING_DATA,
  NOT_TAR,
  NO_MEMBER,
  TAR_CHECKSUM,
  TAR_NUMBER,
  TAR_FIELD,
  TAR_FORMAT,
  TAR_TRUNCATED,
  LONG_NAME,
  APPLE_DOUBLE,
  NAME_DOT_SLASH,
  NAME_FOLDER,
  NAME_OTHER,
  MEMBER_TYPE,
  MORE_THAN_ONE_MEMBER,
  DISK_EMPTY,
  DISK_SIZE,
  DISK_TOO_LARGE,
  SPARSE_MAP,
  NOT_RAW,
  NO_BOOT_SIGNATURE,
  GPT_SECTOR_SIZE,
  NO_END_OF_ARCHIVE,
  DATA_AFTER_END,
  ENDLESS_PADDING,
  UNSIGNED,
  SIGNATURE_WRONG,
  SIZE_MISMATCH,
  PROOF_TOO_LONG,
  UPLOAD_GONE;

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

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  String code() {
    return code;
  }

  /** Whether such a flaw may be due to the way that the bytes came. */
  boolean looksLikeDamage() {
    return LIKE_DAMAGE.contains(this);
  }
}
