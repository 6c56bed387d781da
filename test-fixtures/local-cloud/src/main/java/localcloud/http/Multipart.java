package localcloud.http;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;

/**
 * Reads a multipart body as it comes (RFC 2046, 5.1.1), whose lines may also end in LF alone:
 * gcloud and gsutil end them so, and put the boundary in single quotes.
 */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|'([^']+)'|([^;\\s]+))");

  private final BoundedReader reader;

  private Multipart(BoundedReader reader) {
    this.reader = reader;
  }

  /**
   * One part.
   *
   * @param content ends where the part ends; must be read before the next part is asked for
   */
  record Part(Headers headers, InputStream content) {}

  static Multipart of(String contentType, InputStream body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw bad("no boundary in the content type '" + contentType + "'");
    }
    for (int group = 1; group < 3; group++) {
      if (boundary.group(group) != null) {
        return new Multipart(new BoundedReader(body, boundary.group(group)));
      }
    }
    return new Multipart(new BoundedReader(body, boundary.group(3)));
  }

  /** The next part, or empty behind the closing boundary. */
  Optional<Part> next() throws IOException {
    if (!reader.nextPart()) {
      return Optional.empty();
    }
    return Optional.of(new Part(headers(reader), reader));
  }

  /** The next part, which must be there. */
  Part need(String what) throws IOException {
    return next().orElseThrow(() -> bad("it has no " + what));
  }

  static Headers headers(InputStream in) throws IOException {
    Headers headers = new Headers();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw bad("this line should be a header: " + line);
      }
      headers.add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() > 65_536) {
        throw bad("a header line does not end");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  static ApiException bad(String why) {
    return new ApiException(400, "badRequest", "Malformed multipart body: " + why);
  }
}
