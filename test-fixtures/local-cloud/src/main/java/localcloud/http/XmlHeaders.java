package localcloud.http;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the XML API says in headers and the JSON API in parameters and fields. */
final class XmlHeaders {
  private static final String META = "x-goog-meta-";

  /** Two digits of the day, which Go's client needs and the JDK's own formatter does not write. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private XmlHeaders() {}

  /** The query with the conditions that the headers name. */
  static Map<String, String> conditions(Request request) {
    Map<String, String> query = new HashMap<>(request.query());
    for (String subject : new String[] {"Generation", "Metageneration"}) {
      String header = request.header("x-goog-if-" + subject.toLowerCase(Locale.ROOT) + "-match");
      if (!header.isEmpty()) {
        query.put("if" + subject + "Match", header);
      }
    }
    return query;
  }

  static String acl(Request request) {
    return camel(request.header("x-goog-acl"));
  }

  /** A canned list's name as the JSON API spells it: public-read is publicRead. */
  static String camel(String canned) {
    StringBuilder name = new StringBuilder();
    for (String word : canned.split("-", -1)) {
      boolean first = name.length() == 0 || word.isEmpty();
      name.append(first ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  /** The object that an upload is to make. */
  static StorageObject object(Request request) {
    StorageObject wanted =
        new StorageObject()
            .setBucket(request.names().get(0))
            .setName(request.names().get(1))
            .setContentType(value(request, "Content-Type"))
            .setContentEncoding(value(request, "Content-Encoding"))
            .setContentDisposition(value(request, "Content-Disposition"))
            .setContentLanguage(value(request, "Content-Language"))
            .setCacheControl(value(request, "Cache-Control"))
            .setStorageClass(value(request, "x-goog-storage-class"));
    Map<String, String> metadata = new TreeMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith(META)) {
                String key = name.substring(META.length()).toLowerCase(Locale.ROOT);
                metadata.put(key, String.join(",", values));
              }
            });
    return metadata.isEmpty() ? wanted : wanted.setMetadata(metadata);
  }

  private static @Nullable String value(Request request, String header) {
    String value = request.header(header);
    return value.isEmpty() ? null : value;
  }

  /** As in HTTP's own headers (RFC 9110, 5.6.7). */
  static String date(DateTime time) {
    return DATE.format(Instant.ofEpochMilli(time.getValue()).atOffset(ZoneOffset.UTC));
  }
}
