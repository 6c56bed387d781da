package localcloud.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How long signed URLs hold; who signed them, and what, is not checked. Google's page "Signed
 * URLs"; the words of 400 are those of floci-io/floci-gcp#33 (checked at Google) and
 * fog/fog-google#264.
 */
final class SignedUrls {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter TOLD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT);

  /** "The longest expiration value is 604800 seconds (7 days)": Google's page "Signed URLs". */
  private static final long LONGEST_SECONDS = 604_800;

  private SignedUrls() {}

  /** Refuses one that holds no more, and one that does not say how long it does. */
  static void check(Map<String, String> query, Instant now) {
    Map<String, String> said = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    said.putAll(query);
    for (String vendor : new String[] {"X-Goog-", "X-Amz-"}) {
      if (said.containsKey(vendor + "Signature")) {
        expireAt(end(said, vendor), now);
      }
    }
    if (Stream.of("Signature", "Expires").allMatch(said::containsKey)) {
      expireAt(Instant.ofEpochSecond(number(said, "Expires", Long.MAX_VALUE)), now);
    }
  }

  /** Of version 4 a time and a number of seconds; of version 2 seconds since 1970. */
  private static Instant end(Map<String, String> said, String vendor) {
    String date = said.getOrDefault(vendor + "Date", "");
    try {
      return LocalDateTime.parse(date, BASIC)
          .toInstant(ZoneOffset.UTC)
          .plusSeconds(number(said, vendor + "Expires", LONGEST_SECONDS));
    } catch (DateTimeException no) {
      throw malformed(vendor + "Date", date);
    }
  }

  private static long number(Map<String, String> said, String name, long most) {
    String value = said.getOrDefault(name, "");
    if (!value.matches("[0-9]{1,11}") || Long.parseLong(value) > most) {
      throw malformed(name, value);
    }
    return Long.parseLong(value);
  }

  private static XmlRefusal malformed(String name, String value) {
    return new XmlRefusal(
        400,
        "MalformedSecurityHeader",
        "Your request has a malformed header.",
        name + ": '" + value + "'");
  }

  private static void expireAt(Instant end, Instant now) {
    if (!now.isBefore(end)) {
      throw new XmlRefusal(
          400,
          "ExpiredToken",
          "The provided token has expired.",
          "Request signature expired at: " + TOLD.format(end.atOffset(ZoneOffset.UTC)));
    }
  }
}
