package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectStore;
import localcloud.storage.Staging;
import localcloud.storage.Utf8;

/** Uploads by HTML forms: Google's page "POST Object". */
final class PostForms {
  private static final Pattern NAME = Pattern.compile("(?:^|[;\\s])name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

  private final ObjectStore store;
  private final InstantSource clock;

  PostForms(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes the fields, and the file behind them as an object. */
  Answer take(Request request) throws IOException {
    if (!request.header("Content-Type").startsWith("multipart/form-data")) {
      throw PostPolicy.missing();
    }
    Multipart parts = Multipart.of(request.header("Content-Type"), request.body());
    Map<String, String> fields = new TreeMap<>(Map.of("bucket", request.names().get(0)));
    Optional<Multipart.Part> part = parts.next();
    while (part.isPresent()) {
      String about = String.valueOf(part.get().headers().getFirst("Content-Disposition"));
      String name = said(NAME, about).toLowerCase(Locale.ROOT);
      if (name.equals("file")) {
        String file = said(FILE, about);
        fields.computeIfPresent("key", (key, value) -> value.replace("${filename}", file));
        return upload(request, fields, part.get());
      }
      if (!name.isEmpty()) {
        fields.put(name, text(part.get()));
      }
      part = parts.next();
    }
    throw Multipart.bad("it has no field 'file'");
  }

  private static String said(Pattern what, String about) {
    Matcher matcher = what.matcher(about);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String text(Multipart.Part part) throws IOException {
    byte[] bytes = part.content().readAllBytes();
    return Utf8.decode(bytes).orElseThrow(() -> Multipart.bad("a field is no UTF-8"));
  }

  private Answer upload(Request request, Map<String, String> fields, Multipart.Part file)
      throws IOException {
    PostPolicy policy = PostPolicy.check(fields, clock.instant());
    StorageObject wanted = XmlHeaders.object(as(request, fields));
    String acl = fields.getOrDefault("acl", fields.getOrDefault("x-goog-acl", ""));
    Acls.check(store.bucket(wanted.getBucket()), XmlHeaders.camel(acl), null);
    request.permit().create(wanted.getBucket(), wanted.getName());
    if (store.holds(wanted.getBucket(), wanted.getName())) {
      request.permit().overwrite(wanted.getBucket(), wanted.getName());
    }
    store.checkUpload(wanted, Conditions.NONE);
    try (Staging content = store.stage()) {
      content.receive(file.content());
      policy.checkSize(content.size());
      return answer(request, fields, store.publish(wanted, content, Conditions.NONE));
    }
  }

  /** The same as an upload of whom says all in headers. */
  private static Request as(Request request, Map<String, String> fields) {
    Headers headers = new Headers();
    fields.forEach(headers::add);
    return new Request(
        request.method(),
        request.path(),
        List.of(fields.getOrDefault("bucket", ""), fields.getOrDefault("key", "")),
        request.query(),
        headers,
        request.body(),
        request.address(),
        request.permit());
  }

  private static Answer answer(Request request, Map<String, String> fields, StorageObject made) {
    String etag = XmlRoutes.etag(made);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    String location = request.address() + "/" + made.getBucket() + "/" + escaped(made.getName());
    String next = fields.getOrDefault("success_action_redirect", "");
    if (!next.isEmpty()) {
      headers.put("Location", told(next, made));
      return Answer.empty(303, headers);
    }
    headers.put("Location", location);
    return switch (fields.getOrDefault("success_action_status", "")) {
      case "200" -> Answer.empty(200, headers);
      case "201" -> {
        Answer told =
            Xml.document(
                "PostResponse",
                xml ->
                    xml.add("Location", location)
                        .add("Bucket", made.getBucket())
                        .add("Key", made.getName())
                        .add("ETag", etag));
        headers.putAll(told.headers());
        yield new Answer(201, headers, told.length(), told.body());
      }
      default -> Answer.empty(204, headers);
    };
  }

  /** The address to go on at, with what was made. */
  private static String told(String next, StorageObject made) {
    return next
        + (next.contains("?") ? "&" : "?")
        + "bucket="
        + escaped(made.getBucket())
        + "&key="
        + escaped(made.getName())
        + "&etag="
        + escaped(XmlRoutes.etag(made));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
