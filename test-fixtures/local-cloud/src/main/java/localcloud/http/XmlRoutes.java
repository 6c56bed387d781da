package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import localcloud.storage.Conditions;
import localcloud.storage.Copier;
import localcloud.storage.ObjectKey;
import localcloud.storage.ObjectStore;
import localcloud.storage.Route;
import localcloud.storage.Utf8;
import localcloud.world.refusals.ApiException;

/**
 * Cloud Storage's XML API, as far as clients use it without being asked: reads of Go's client,
 * public and signed URLs (whose signature is not checked), forms, Node's uploads in parts,
 * Libcloud.
 */
final class XmlRoutes {
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "acl",
          "billing",
          "compose",
          "cors",
          "encryption",
          "lifecycle",
          "location",
          "logging",
          "retention",
          "storageClass",
          "tagging",
          "versioning",
          "versions",
          "website");

  private final ObjectStore store;
  private final DownloadRoute download;
  private final UploadRoutes uploads;
  private final XmlUploads parts;
  private final PostForms forms;
  private final InstantSource clock;

  XmlRoutes(ObjectStore store, DownloadRoute download, UploadRoutes uploads, InstantSource clock) {
    this.clock = clock;
    this.forms = new PostForms(store, clock);
    this.store = store;
    this.download = download;
    this.uploads = uploads;
    this.parts = new XmlUploads(store);
  }

  /**
   * What answers one of this API's routes.
   *
   * @throws IllegalArgumentException if the route is the JSON API's
   */
  Router.Action action(Route route) {
    Router.Action action = unsigned(route);
    return request -> {
      SignedUrls.check(request.query(), clock.instant());
      return action.answer(request);
    };
  }

  private Router.Action unsigned(Route route) {
    return switch (route) {
      case XML_SERVICE -> this::service;
      case XML_BUCKET_POST -> forms::take;
      case XML_BUCKET_LIST, XML_BUCKET_INSERT, XML_BUCKET_DELETE -> this::bucket;
      case XML_OBJECT_GET -> this::read;
      case XML_OBJECT_PUT -> this::write;
      case XML_OBJECT_POST -> this::begin;
      case XML_OBJECT_DELETE -> this::delete;
      default -> throw new IllegalArgumentException(route + " is none of the XML API's");
    };
  }

  private Answer service(Request request) {
    if (request.method().equals("POST")) {
      // The text of googleapis/google-cloud-python#3222.
      throw new XmlRefusal(
          400, "InvalidArgument", "Invalid argument.", "Cannot create buckets using a POST.");
    }
    return XmlListing.buckets(store.buckets(""));
  }

  /** A parameter without which the call would mean another thing. */
  private static void refuseOthers(Request request) {
    for (String asked : request.query().keySet()) {
      if (SUBRESOURCES.contains(asked)) {
        throw new ApiException(
            501, "notImplemented", "The local cloud's XML API does not have ?" + asked);
      }
    }
  }

  private Answer bucket(Request request) throws IOException {
    refuseOthers(request);
    String name = request.names().get(0);
    switch (request.method()) {
      case "PUT" -> store.insertBucket(asked(name, request));
      case "DELETE" -> {
        store.deleteBucket(name);
        return Answer.empty(204, Map.of());
      }
      case "HEAD" -> store.bucket(name);
      default -> {
        return XmlListing.of(store, name, request);
      }
    }
    return Answer.empty(200, Map.of());
  }

  private static Bucket asked(String name, Request request) throws IOException {
    Bucket bucket = new Bucket().setName(name);
    byte[] body = request.body().readAllBytes();
    if (body.length > 0) {
      Xml.texts(new ByteArrayInputStream(body), "LocationConstraint").stream()
          .filter(location -> !location.isEmpty())
          .forEach(bucket::setLocation);
    }
    return bucket;
  }

  /** The MD5 in hex, as S3 has it; of a composite object, which has none, the JSON API's. */
  static String etag(StorageObject object) {
    return '"'
        + (object.getMd5Hash() == null
            ? object.getEtag()
            : HexFormat.of().formatHex(Base64.getDecoder().decode(object.getMd5Hash())))
        + '"';
  }

  private Answer read(Request request) throws IOException {
    refuseOthers(request);
    Request asked = request.withQuery(XmlHeaders.conditions(request));
    StorageObject object = store.object(Parameters.key(asked), Conditions.NONE);
    Answer answer = download.answer(asked);
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.put("ETag", etag(object));
    headers.put("Last-Modified", XmlHeaders.date(object.getUpdated()));
    if (object.getMetadata() != null) {
      object.getMetadata().forEach((key, value) -> headers.put("x-goog-meta-" + key, value));
    }
    if (answer.length() >= 0) {
      headers.put("Content-Length", Long.toString(answer.length()));
    }
    return new Answer(answer.status(), headers, answer.length(), answer.body());
  }

  private Answer write(Request request) throws IOException {
    refuseOthers(request);
    if (request.query().containsKey("partNumber")) {
      return parts.receive(request);
    }
    if (request.query().containsKey("upload_id")) {
      return uploads.resume(request);
    }
    StorageObject wanted = XmlHeaders.object(request);
    Request asked = request.withQuery(XmlHeaders.conditions(request));
    String source = request.header("x-goog-copy-source") + request.header("x-amz-copy-source");
    if (!source.isEmpty()) {
      return copied(asked, wanted, source);
    }
    Acls.check(store.bucket(wanted.getBucket()), XmlHeaders.acl(request), null);
    overwrite(request, wanted);
    Checksums.declare(request, wanted);
    return written(store.put(wanted, request.body(), Parameters.conditions(asked)));
  }

  private Answer copied(Request request, StorageObject wanted, String source) throws IOException {
    String[] from = Utf8.ofPath(source.replaceFirst("^/", "")).split("/", 2);
    if (from.length < 2) {
      throw new ApiException(400, "InvalidArgument", "x-goog-copy-source: '" + source + "'");
    }
    overwrite(request, wanted);
    request.permit().require("on the source", from[0]);
    StorageObject copy =
        new Copier(store)
            .copy(
                new Copier.Source(ObjectKey.live(from[0], from[1]), Conditions.NONE),
                wanted,
                Parameters.conditions(request));
    return Xml.document(
        "CopyObjectResult",
        xml ->
            xml.add("ETag", etag(copy)).add("LastModified", copy.getUpdated().toStringRfc3339()));
  }

  private void overwrite(Request request, StorageObject wanted) {
    if (store.holds(wanted.getBucket(), wanted.getName())) {
      request.permit().overwrite(wanted.getBucket(), wanted.getName());
    }
  }

  private static Answer written(StorageObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag(object));
    headers.put("x-goog-generation", object.getGeneration().toString());
    headers.put("x-goog-metageneration", object.getMetageneration().toString());
    headers.put("x-goog-hash", "crc32c=" + object.getCrc32c() + ",md5=" + object.getMd5Hash());
    return Answer.empty(200, headers);
  }

  /** Begins a resumable upload, or one in parts, or ends the latter. */
  private Answer begin(Request request) throws IOException {
    if (request.query().containsKey("uploads")) {
      return parts.begin(request, XmlHeaders.object(request));
    }
    if (request.query().containsKey("uploadId")) {
      return parts.complete(request);
    }
    if (request.query().containsKey("upload_id")) {
      return uploads.resume(request);
    }
    if (request.header("x-goog-resumable").toLowerCase(Locale.ROOT).equals("start")) {
      return uploads.open(
          request.withQuery(XmlHeaders.conditions(request)), XmlHeaders.object(request), 201);
    }
    throw PostPolicy.missing();
  }

  private Answer delete(Request request) throws IOException {
    if (request.query().containsKey("uploadId")) {
      return parts.abort(request);
    }
    if (request.query().containsKey("upload_id")) {
      return uploads.cancel(request);
    }
    Request asked = request.withQuery(XmlHeaders.conditions(request));
    store.delete(Parameters.key(asked), Parameters.conditions(asked));
    return Answer.empty(204, Map.of());
  }
}
