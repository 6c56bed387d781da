package localcloud.storage;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Names an object.
 *
 * @param generation the one generation that is meant; null for the live one
 */
public record ObjectKey(String bucket, String name, @Nullable Long generation) {
  /** Google's documentation, "Bucket names"; those with dots may be longer, which nobody needs. */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  /** Google's documentation, "Object names": 1 to 1024 bytes in UTF-8. */
  private static final int LONGEST = 1024;

  /** The live generation. */
  public static ObjectKey live(String bucket, String name) {
    return new ObjectKey(bucket, name, null);
  }

  static void checkBucketName(String name) {
    boolean taken = name.startsWith("goog") || name.contains("google") || name.contains("g00gle");
    boolean address = name.matches("\\d+(\\.\\d+){3}");
    if (!BUCKET.matcher(name).matches() || taken || address || name.contains("..")) {
      throw new ApiException(400, "invalid", "Invalid bucket name: '" + name + "'");
    }
  }

  void checkName() {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0) {
      throw new ApiException(400, "required", "Required object name is missing.");
    }
    boolean forbidden = name.matches("\\.\\.?") || name.contains("\n") || name.contains("\r");
    if (length > LONGEST || forbidden) {
      throw new ApiException(400, "invalid", "Invalid object name: '" + name + "'");
    }
  }

  ApiException notFound() {
    return new ApiException(404, "notFound", "No such object: " + bucket + "/" + name);
  }
}
