package localcloud.world.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;

/**
 * The object that rawDisk.source names. Compute Engine documents {@code
 * https://storage.googleapis.com/BUCKET/OBJECT}; gcloud sends the JSON API's form {@code
 * .../storage/v1/b/BUCKET/o/OBJECT} with the object's slashes as they are. Any host will do: with
 * an endpoint override gcloud names that.
 */
record RawDiskUrl(String bucket, String object) {
  private static final Pattern JSON_API =
      Pattern.compile("https?://[^/]+/(?:download/)?storage/v1/b/([^/]+)/o/([^?]+).*");
  private static final Pattern PLAIN = Pattern.compile("https?://[^/]+/([^/]+)/([^?]+).*");

  /** Refuses gs:// and everything else as seen in googleapis/google-api-go-client#178. */
  static RawDiskUrl parse(String source) {
    Matcher url = JSON_API.matcher(source);
    if (!url.matches()) {
      url = PLAIN.matcher(source);
    }
    if (!url.matches()) {
      throw Refusals.invalid(
          "resource.rawDisk.source",
          source,
          "The provided source location was not a valid Google Cloud Storage object reference.");
    }
    RawDiskUrl named = new RawDiskUrl(decoded(url.group(1)), decoded(url.group(2)));
    if (!named.object().endsWith(".tar.gz")) {
      // The sentence of allegroai/clearml-server#39.
      throw Refusals.invalid(
          "resource.rawDisk.source", source, "The provided source is not a supported file.");
    }
    return named;
  }

  /**
   * Opens what it names.
   *
   * @param source as it was written
   */
  InputStream open(ObjectSource objects, String source) {
    try {
      return objects.open(bucket, object).orElseThrow(() -> missing(source));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + source, e);
    }
  }

  /** The text of hashicorp/terraform-provider-google#2477; its status was not seen. */
  private static ApiException missing(String source) {
    return new ApiException(
        404,
        "notFound",
        "The resource '" + source + "' of type 'Google Cloud Storage object' was not found.");
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
