package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.access.Access;
import localcloud.storage.ObjectStore;
import localcloud.storage.Route;
import localcloud.world.refusals.ApiException;

/** Cloud Storage's JSON API: an action for each {@link Route}. */
public final class StorageRoutes implements HttpHandler {
  private static final String BATCH = "/batch/storage/v1";

  private static final List<String> PREFIXES =
      List.of(
          "/storage/v1",
          "/upload/storage/v1",
          // gsutil and gcloud put this word before the path of a resumable upload.
          "/resumable/upload/storage/v1",
          "/download/storage/v1",
          BATCH,
          // Whatever else is asked for is the XML API's, if it is anything.
          "");

  private final BucketRoutes buckets;
  private final Policies policies;
  private final ObjectRoutes objects;
  private final DownloadRoute download;
  private final UploadRoutes uploads;
  private final XmlRoutes xml;
  private final Router router;
  private final Interference interference;

  /** Serves this store to whom it is granted, as far as the faults let it. */
  public StorageRoutes(ObjectStore store, Access access, Interference interference) {
    buckets = new BucketRoutes(store);
    policies = new Policies(store);
    objects = new ObjectRoutes(store);
    download = new DownloadRoute(store);
    uploads = new UploadRoutes(store);
    xml = new XmlRoutes(store, download, uploads, interference.clock());
    router = new Router(access, this::action);
    this.interference = interference;
  }

  private Router.Action action(Route route) {
    return switch (route) {
      case BUCKETS_LIST -> buckets::list;
      case BUCKETS_INSERT -> buckets::insert;
      case BUCKETS_GET -> buckets::get;
      case BUCKETS_PATCH -> buckets::patch;
      case BUCKETS_UPDATE -> buckets::update;
      case BUCKETS_GET_IAM_POLICY -> policies::get;
      case BUCKETS_SET_IAM_POLICY -> policies::set;
      case BUCKETS_TEST_IAM_PERMISSIONS -> buckets::testPermissions;
      case BUCKETS_DELETE -> buckets::delete;
      case BUCKETS_GET_STORAGE_LAYOUT -> buckets::layout;
      case MANAGED_FOLDERS_LIST -> buckets::managedFolders;
      case ANYWHERE_CACHES_LIST -> buckets::anywhereCaches;
      case NOTIFICATIONS_LIST -> buckets::notifications;
      case SERVICE_ACCOUNT_GET -> BucketRoutes::serviceAccount;
      case OBJECTS_LIST -> objects::list;
      case OBJECTS_GET -> objects::get;
      case OBJECTS_DOWNLOAD -> download::answer;
      case OBJECTS_PATCH -> objects::patch;
      case OBJECTS_UPDATE -> objects::update;
      case OBJECTS_MOVE -> objects::move;
      case OBJECTS_DELETE -> objects::delete;
      case OBJECTS_COMPOSE -> objects::compose;
      case OBJECTS_COPY -> objects::copy;
      case OBJECTS_REWRITE -> objects::rewrite;
      case OBJECTS_INSERT -> uploads::start;
      case SESSION_PUT -> uploads::resume;
      case SESSION_DELETE -> uploads::cancel;
      case BUCKET_ACLS, BUCKET_ACL, DEFAULT_ACLS, DEFAULT_ACL, OBJECT_ACLS, OBJECT_ACL ->
          buckets::acls;
      case BATCH -> request -> Batch.answer(request, this::inBatch);
      default -> xml.action(route);
    };
  }

  /** For {@link ApiServer#start}: this handler under each of its path prefixes. */
  public Map<String, HttpHandler> handlers() {
    return PREFIXES.stream().collect(Collectors.toMap(Function.identity(), prefix -> this));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    Request request = Request.of(exchange);
    try {
      // The calls inside a batch are struck each for itself.
      answer =
          request.path().equals(BATCH)
              ? router.answer(request)
              : interference.around(request, this::one);
    } catch (ApiException refusal) {
      boolean xml =
          Route.find(request.method(), request.path()).map(Route.Match::route).stream()
              .anyMatch(Route::isXml);
      if (refusal.code() == 501 || (!xml && refusal.code() != 304)) {
        throw refusal;
      }
      answer = xml ? Xml.refusal(refusal) : Answer.of(refusal);
    }
    answer.send(exchange);
  }

  private Answer one(Request request) throws IOException {
    return FieldMask.apply(request, router.answer(request));
  }

  /** A refusal is that call's own answer; only what the local cloud has not fails the batch. */
  private Answer inBatch(Request request) throws IOException {
    if (!request.path().startsWith("/storage/v1/") || request.text("alt").equals("media")) {
      return Answer.of(
          new ApiException(400, "badRequest", "No call for content in a batch: " + request.path()));
    }
    try {
      return interference.around(request, this::one);
    } catch (ApiException refusal) {
      if (refusal.code() == 501) {
        throw refusal;
      }
      return Answer.of(refusal);
    }
  }
}
