package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.access.Access;
import localcloud.storage.ObjectStore;
import localcloud.world.refusals.ApiException;

/** Cloud Storage's JSON API. Paths and parameters: Google's discovery document of storage v1. */
public final class StorageRoutes implements HttpHandler {
  private static final String BATCH = "/batch/storage/v1";

  private static final List<String> PREFIXES =
      List.of(
          "/storage/v1",
          "/upload/storage/v1",
          // gsutil and gcloud put this word before the path of a resumable upload.
          "/resumable/upload/storage/v1",
          "/download/storage/v1",
          BATCH);

  private static final String UPLOAD_PARAMETERS =
      "uploadType upload_id name contentEncoding " + Parameters.CONDITIONS;

  private static final String BUCKETS = "project prefix maxResults pageToken";
  private static final String NEW_BUCKET = "project enableObjectRetention";
  private static final String FOLDERS = "pageSize pageToken prefix";

  private final Router router;
  private final Interference interference;

  /** Serves this store to whom it is granted, as far as the faults let it. */
  public StorageRoutes(ObjectStore store, Access access, Interference interference) {
    router = new Router(access);
    this.interference = interference;
    addBuckets(new BucketRoutes(store));
    addObjects(new ObjectRoutes(store));
    addContent(new DownloadRoute(store), new UploadRoutes(store));
    Router.Action batch = request -> Batch.answer(request, this::inBatch);
    router.add("storage.batch", "POST " + BATCH, batch, "");
  }

  /** Every method that is there, by its name in the table of permissions. */
  Set<String> methods() {
    return router.ids();
  }

  /** For {@link ApiServer#start}: this handler under each of its path prefixes. */
  public Map<String, HttpHandler> handlers() {
    return PREFIXES.stream().collect(Collectors.toMap(Function.identity(), prefix -> this));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      Request request = Request.of(exchange);
      // The calls inside a batch are struck each for itself.
      answer =
          request.path().equals(BATCH)
              ? router.answer(request)
              : interference.around(request, router::answer);
    } catch (ApiException refusal) {
      if (refusal.code() != 304) {
        throw refusal;
      }
      answer = Answer.of(refusal);
    }
    answer.send(exchange);
  }

  /** A refusal is that call's own answer; only what the local cloud has not fails the batch. */
  private Answer inBatch(Request request) throws IOException {
    if (!request.path().startsWith("/storage/v1/") || request.text("alt").equals("media")) {
      return Answer.of(
          new ApiException(400, "badRequest", "No call for content in a batch: " + request.path()));
    }
    try {
      return interference.around(request, router::answer);
    } catch (ApiException refusal) {
      if (refusal.code() == 501) {
        throw refusal;
      }
      return Answer.of(refusal);
    }
  }

  private void addBuckets(BucketRoutes buckets) {
    String all = "/storage/v1/b";
    String one = "/storage/v1/b/*";
    String managed = one + "/managedFolders";
    router
        .add("storage.buckets.list", "GET " + all, buckets::list, BUCKETS)
        .add("storage.buckets.insert", "POST " + all, buckets::insert, NEW_BUCKET)
        .add("storage.buckets.get", "GET " + one, buckets::get, "")
        .add(
            "storage.buckets.getStorageLayout",
            "GET " + one + "/storageLayout",
            buckets::layout,
            "")
        .add("storage.managedFolders.list", "GET " + managed, buckets::managedFolders, FOLDERS)
        .add("storage.buckets.delete", "DELETE " + one, buckets::delete, "");
  }

  private void addObjects(ObjectRoutes objects) {
    String all = "/storage/v1/b/*/o";
    String one = "/storage/v1/b/*/o/*";
    String change = "generation " + Parameters.CONDITIONS;
    String copy = "sourceGeneration " + Parameters.CONDITIONS + " " + Parameters.SOURCE_CONDITIONS;
    String rewrite = copy + " rewriteToken maxBytesRewrittenPerCall";
    router
        .add("storage.objects.list", "GET " + all, objects::list, Parameters.LIST)
        .add("storage.objects.get", "GET " + one, objects::get, change)
        .add("storage.objects.patch", "PATCH " + one, objects::patch, change)
        .add("storage.objects.delete", "DELETE " + one, objects::delete, change)
        .add(
            "storage.objects.compose",
            "POST " + one + "/compose",
            objects::compose,
            Parameters.CONDITIONS)
        .add("storage.objects.copy", "POST " + one + "/copyTo/b/*/o/*", objects::copy, copy)
        .add(
            "storage.objects.rewrite",
            "POST " + one + "/rewriteTo/b/*/o/*",
            objects::rewrite,
            rewrite);
  }

  private void addContent(DownloadRoute download, UploadRoutes uploads) {
    String read = "generation " + Parameters.CONDITIONS;
    router.add("storage.objects.get", "GET /download/storage/v1/b/*/o/*", download::answer, read);
    for (String path : List.of("/upload/storage/v1/b/*/o", "/resumable/upload/storage/v1/b/*/o")) {
      router
          .add("storage.objects.insert", "POST " + path, uploads::start, UPLOAD_PARAMETERS)
          .add("storage.session", "PUT " + path, uploads::resume, UPLOAD_PARAMETERS)
          .add("storage.session", "DELETE " + path, uploads::cancel, UPLOAD_PARAMETERS);
    }
  }
}
