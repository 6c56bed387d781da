package localcloud.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import localcloud.storage.Conditions;
import localcloud.storage.Glob;
import localcloud.storage.ListQuery;
import localcloud.storage.ObjectKey;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Reads query parameters into the store's terms. */
final class Parameters {
  private static final int LARGEST_PAGE = 1000;

  private Parameters() {}

  static ObjectKey key(Request request) {
    return new ObjectKey(
        request.names().get(0), request.names().get(1), request.number("generation"));
  }

  /** Also HTTP's own, by ETag. */
  static Conditions conditions(Request request) {
    Conditions asked = conditions(request, "if");
    return new Conditions(
        asked.generation(),
        asked.notGeneration(),
        asked.metageneration(),
        asked.notMetageneration(),
        etags(request, "If-Match"),
        etags(request, "If-None-Match"));
  }

  private static List<String> etags(Request request, String header) {
    return request.headers().getOrDefault(header, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
        .toList();
  }

  static Conditions sourceConditions(Request request) {
    return conditions(request, "ifSource");
  }

  static int maxResults(Request request) {
    @Nullable Long asked = request.number("maxResults");
    return asked == null ? LARGEST_PAGE : (int) Math.min(asked, LARGEST_PAGE);
  }

  static ListQuery list(Request request) {
    return new ListQuery(
        request.text("prefix"),
        request.text("delimiter"),
        request.text("startOffset"),
        request.text("endOffset"),
        maxResults(request),
        request.query().get("pageToken"),
        request.text("matchGlob").isEmpty() ? null : Glob.of(request.text("matchGlob")));
  }

  /** Customers' own keys would be dropped: no content is encrypted here. */
  static void refuseKeys(Request request) {
    for (String header : request.headers().keySet()) {
      if (header.toLowerCase(Locale.ROOT).contains("goog-encryption-")
          || header.toLowerCase(Locale.ROOT).contains("goog-copy-source-encryption-")) {
        throw new ApiException(501, "notImplemented", "The local cloud does not heed " + header);
      }
    }
  }

  private static Conditions conditions(Request request, String start) {
    return new Conditions(
        request.number(start + "GenerationMatch"),
        request.number(start + "GenerationNotMatch"),
        request.number(start + "MetagenerationMatch"),
        request.number(start + "MetagenerationNotMatch"));
  }
}
