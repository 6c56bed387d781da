package localcloud.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The header of a call to an upload session: {@code bytes 0-99/200}, {@code bytes 0-99/*}, {@code
 * bytes *}{@code /200}, {@code bytes *}{@code /*}; Node's client also sends {@code bytes 0-*}{@code
 * /*}: from there to the end of the body.
 *
 * @param first byte of the upload that this body holds; null if it holds none, and only asks
 * @param end the byte behind its last; null if the body tells it, or there is none
 * @param total bytes of the whole upload; null if the client does not know yet
 */
record ContentRange(@Nullable Long first, @Nullable Long end, @Nullable Long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18}|\\*)|\\*)/(\\d{1,18}|\\*)");

  static ContentRange parse(String header) {
    Matcher range = FORM.matcher(header.strip());
    if (!range.matches()) {
      throw new ApiException(
          400, "badRequest", "Content-Range '" + header + "' is not like 'bytes 0-99/200'");
    }
    Long total = range.group(3).equals("*") ? null : Long.valueOf(range.group(3));
    if (range.group(1) == null) {
      return new ContentRange(null, null, total);
    }
    Long end = range.group(2).equals("*") ? null : Long.parseLong(range.group(2)) + 1;
    return new ContentRange(Long.valueOf(range.group(1)), end, total);
  }
}
