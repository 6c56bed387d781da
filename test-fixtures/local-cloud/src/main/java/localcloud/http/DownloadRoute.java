package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import localcloud.storage.ObjectStore;
import localcloud.storage.OpenObject;
import org.jspecify.annotations.Nullable;

/** Content, whole or in part. */
final class DownloadRoute {
  private final ObjectStore store;

  DownloadRoute(ObjectStore store) {
    this.store = store;
  }

  Answer answer(Request request) throws IOException {
    Parameters.refuseKeys(request);
    OpenObject open = store.open(Parameters.key(request), Parameters.conditions(request));
    try {
      return isUnzippedForClient(open.object(), request)
          ? unzipped(open)
          : asStored(open, request.header("Range"));
    } catch (IOException | RuntimeException failure) {
      open.close();
      throw failure;
    }
  }

  private static Answer asStored(OpenObject open, String rangeHeader) throws IOException {
    Map<String, String> headers = headers(open.object());
    put(headers, "Content-Encoding", open.object().getContentEncoding());
    headers.put("Accept-Ranges", "bytes");
    long size = open.object().getSize().longValueExact();
    Optional<ByteRange> asked = ByteRange.parse(rangeHeader, size);
    if (asked.isEmpty()) {
      return new Answer(200, headers, size, open.from(0));
    }
    ByteRange range = asked.get();
    if (!range.isSatisfiable()) {
      open.close();
      return Answer.empty(416, Map.of("Content-Range", "bytes */" + size));
    }
    headers.put(
        "Content-Range",
        String.format(Locale.ROOT, "bytes %d-%d/%d", range.first(), range.end() - 1, size));
    InputStream part = new LimitedStream(open.from(range.first()), range.length());
    return new Answer(206, headers, range.length(), part);
  }

  /** Google's documentation, "Transcoding of gzip-compressed files": ranges do not apply. */
  private static boolean isUnzippedForClient(StorageObject object, Request request) {
    String cacheControl = object.getCacheControl() == null ? "" : object.getCacheControl();
    return "gzip".equals(object.getContentEncoding())
        && !acceptsGzip(request.header("Accept-Encoding"))
        && !cacheControl.contains("no-transform");
  }

  /** RFC 9110, 12.5.3: a quality of 0 is a no. */
  private static boolean acceptsGzip(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(each -> each.strip().toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.startsWith("gzip") && !each.matches("gzip\\s*;\\s*q=0(\\.0*)?"));
  }

  private static Answer unzipped(OpenObject open) throws IOException {
    InputStream content = new GZIPInputStream(open.from(0));
    return new Answer(200, headers(open.object()), Answer.UNKNOWN_LENGTH, content);
  }

  private static Map<String, String> headers(StorageObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    String type = object.getContentType();
    // Discovery: "If an object is stored without a Content-Type, it is served as" this.
    headers.put("Content-Type", type == null ? "application/octet-stream" : type);
    put(headers, "Content-Disposition", object.getContentDisposition());
    put(headers, "Content-Language", object.getContentLanguage());
    put(headers, "Cache-Control", object.getCacheControl());
    headers.put("ETag", object.getEtag());
    String md5 = object.getMd5Hash() == null ? "" : ",md5=" + object.getMd5Hash();
    headers.put("x-goog-hash", "crc32c=" + object.getCrc32c() + md5);
    headers.put("x-goog-generation", object.getGeneration().toString());
    headers.put("x-goog-metageneration", object.getMetageneration().toString());
    headers.put("x-goog-storage-class", object.getStorageClass());
    headers.put("x-goog-stored-content-length", object.getSize().toString());
    String encoding = object.getContentEncoding();
    headers.put("x-goog-stored-content-encoding", encoding == null ? "identity" : encoding);
    return headers;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
