package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import localcloud.http.Multipart.Part;
import localcloud.storage.Conditions;
import localcloud.storage.Links;
import localcloud.storage.ObjectStore;
import localcloud.world.refusals.ApiException;

/** The three ways to upload: media, multipart, resumable. Sessions do not survive a restart. */
final class UploadRoutes {
  /** nginx's "client closed request", which Google answers when a session is cancelled. */
  private static final int CANCELLED = 499;

  private final ObjectStore store;
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

  UploadRoutes(ObjectStore store) {
    this.store = store;
  }

  Answer start(Request request) throws IOException {
    Parameters.refuseKeys(request);
    if (request.query().containsKey("upload_id")) {
      // Go's client sends its chunks by POST.
      return resume(request);
    }
    return switch (request.text("uploadType")) {
      case "media" -> media(request);
      case "multipart" -> multipart(request);
      case "resumable" -> open(request);
      default ->
          throw new ApiException(
              400,
              "badRequest",
              String.format(
                  Locale.ROOT,
                  "uploadType must be media, multipart or resumable: '%s'",
                  request.text("uploadType")));
    };
  }

  /** A call to the URL that a session got as its location: content, or a question how far it is. */
  Answer resume(Request request) throws IOException {
    if (!request.header("Content-Encoding").isEmpty()) {
      throw new ApiException(
          501, "notImplemented", "The local cloud does not unzip resumable uploads");
    }
    UploadSession session = session(request);
    try {
      StorageObject object = session.take(request);
      return object == null ? session.incomplete(request) : of(request, object);
    } finally {
      if (session.isLost()) {
        sessions.remove(request.text("upload_id"));
        session.close();
      }
    }
  }

  Answer cancel(Request request) throws IOException {
    session(request).close();
    sessions.remove(request.text("upload_id"));
    return Answer.empty(CANCELLED, Map.of());
  }

  private Answer media(Request request) throws IOException {
    StorageObject wanted = named(new StorageObject(), request, request.header("Content-Type"));
    return upload(request, wanted, request.content());
  }

  private Answer multipart(Request request) throws IOException {
    Multipart parts = Multipart.of(request.header("Content-Type"), request.content());
    byte[] json = parts.need("part with the metadata").content().readAllBytes();
    StorageObject metadata = Request.resource(json, StorageObject.class);
    Part content = parts.need("part with the content");
    String type = content.headers().getFirst("Content-Type");
    return upload(request, named(metadata, request, type == null ? "" : type), content.content());
  }

  private Answer upload(Request request, StorageObject wanted, InputStream content)
      throws IOException {
    Checksums.declare(request, wanted);
    Conditions conditions = Parameters.conditions(request);
    check(request, wanted, conditions);
    return of(request, store.put(wanted, content, conditions));
  }

  private Answer open(Request request) throws IOException {
    StorageObject metadata = request.resource(StorageObject.class);
    return open(request, named(metadata, request, request.header("X-Upload-Content-Type")), 200);
  }

  /**
   * Begins a session.
   *
   * @param status that says so: 201 in the XML API
   */
  Answer open(Request request, StorageObject wanted, int status) throws IOException {
    Conditions conditions = Parameters.conditions(request);
    check(request, wanted, conditions);
    String id = UUID.randomUUID().toString();
    UploadSession session =
        new UploadSession(store, wanted, conditions, () -> check(request, wanted, conditions));
    sessions.put(id, session);
    String location = request.address() + request.path() + "?uploadType=resumable&upload_id=" + id;
    return Answer.empty(status, Map.of("Location", location, "X-GUploader-UploadID", id));
  }

  private void check(Request request, StorageObject wanted, Conditions conditions) {
    request.permit().create(wanted.getBucket(), wanted.getName());
    Acls.check(store.bucket(wanted.getBucket()), request.text("predefinedAcl"), wanted.getAcl());
    store.checkUpload(wanted.setAcl(null), conditions);
    if (store.holds(wanted.getBucket(), wanted.getName())) {
      request.permit().overwrite(wanted.getBucket(), wanted.getName());
    }
  }

  /** The metadata wins over the query and the headers, where it says anything. */
  private static StorageObject named(StorageObject metadata, Request request, String type) {
    metadata.setBucket(request.names().get(0));
    if (metadata.getName() == null) {
      metadata.setName(request.text("name"));
    }
    if (metadata.getContentType() == null && !type.isEmpty()) {
      metadata.setContentType(type);
    }
    if (!request.text("contentEncoding").isEmpty()) {
      metadata.setContentEncoding(request.text("contentEncoding"));
    }
    return metadata;
  }

  private UploadSession session(Request request) {
    UploadSession session = sessions.get(request.text("upload_id"));
    if (session == null) {
      throw new ApiException(
          404, "notFound", "No upload session '" + request.text("upload_id") + "': start again");
    }
    return session;
  }

  private static Answer of(Request request, StorageObject object) throws IOException {
    return Answer.of(Links.at(request.address(), object));
  }
}
