package localcloud.storage;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localcloud.world.refusals.ApiException;

/** Reads text as strictly as Cloud Storage, whose names are UTF-8 (its page "Object names"). */
public final class Utf8 {
  private Utf8() {}

  /** What these bytes say; empty if they are no UTF-8. */
  public static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException no) {
      return Optional.empty();
    }
  }

  /** A path's text without its escapes, where a plus is a plus; 400 if it is no UTF-8. */
  public static String ofPath(String escaped) {
    return ofQuery(escaped.replace("+", "%2B"));
  }

  /** The same of a query or a form, where a plus is a space. */
  public static String ofQuery(String escaped) {
    String bytes = URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1);
    return decode(bytes.getBytes(StandardCharsets.ISO_8859_1))
        .orElseThrow(
            () ->
                // The sentence is inferred.
                new ApiException(
                    400, "invalid", "Invalid name, which is no UTF-8: '" + escaped + "'"));
  }
}
