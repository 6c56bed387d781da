package localcloud.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of some content.
 *
 * @param first byte of it, from 0
 * @param end the byte behind its last; not behind {@code first} if no byte lies in the range asked
 */
record ByteRange(long first, long end) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** RFC 9110, 14.2: a header that is malformed, or asks for several ranges, may be ignored. */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = ONE.matcher(header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long length = Long.parseLong(range.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - length), size));
    }
    long first = Long.parseLong(range.group(1));
    if (range.group(2).isEmpty()) {
      return Optional.of(new ByteRange(first, size));
    }
    long last = Long.parseLong(range.group(2));
    return last < first
        ? Optional.empty()
        : Optional.of(new ByteRange(first, Math.min(size, last + 1)));
  }

  boolean isSatisfiable() {
    return first < end;
  }

  long length() {
    return end - first;
  }
}
