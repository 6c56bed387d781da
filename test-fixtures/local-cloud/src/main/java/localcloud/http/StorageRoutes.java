package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import localcloud.storage.ObjectStore;
import localcloud.world.ApiException;

/** Cloud Storage's JSON API. Paths and parameters: Google's discovery document of storage v1. */
public final class StorageRoutes implements HttpHandler {
  private static final List<String> PREFIXES =
      List.of(
          "/storage/v1",
          "/upload/storage/v1",
          // gsutil and gcloud put this word before the path of a resumable upload.
          "/resumable/upload/storage/v1",
          "/download/storage/v1",
          "/batch/storage/v1");

  private static final String UPLOAD_PARAMETERS =
      "uploadType upload_id name contentEncoding " + Parameters.CONDITIONS;

  private final Router router = new Router();

  /** Serves this store. */
  public StorageRoutes(ObjectStore store) {
    addBuckets(new BucketRoutes(store));
    addObjects(new ObjectRoutes(store));
    addContent(new DownloadRoute(store), new UploadRoutes(store));
    router.add("POST", "/batch/storage/v1", request -> Batch.answer(request, this::inBatch), "");
  }

  /** For {@link ApiServer#start}: this handler under each of its path prefixes. */
  public Map<String, HttpHandler> handlers() {
    return PREFIXES.stream().collect(Collectors.toMap(Function.identity(), prefix -> this));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = router.answer(Request.of(exchange));
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
      return router.answer(request);
    } catch (ApiException refusal) {
      if (refusal.code() == 501) {
        throw refusal;
      }
      return Answer.of(refusal);
    }
  }

  private void addBuckets(BucketRoutes buckets) {
    String one = "/storage/v1/b/*";
    router
        .add("GET", "/storage/v1/b", buckets::list, "project prefix maxResults pageToken")
        .add("POST", "/storage/v1/b", buckets::insert, "project enableObjectRetention")
        .add("GET", one, buckets::get, "")
        .add("GET", one + "/storageLayout", buckets::layout, "")
        .add("GET", one + "/managedFolders", buckets::managedFolders, "pageSize pageToken prefix")
        .add("DELETE", one, buckets::delete, "");
  }

  private void addObjects(ObjectRoutes objects) {
    String all = "/storage/v1/b/*/o";
    String one = "/storage/v1/b/*/o/*";
    String change = "generation " + Parameters.CONDITIONS;
    String copy = "sourceGeneration " + Parameters.CONDITIONS + " " + Parameters.SOURCE_CONDITIONS;
    String rewrite = copy + " rewriteToken maxBytesRewrittenPerCall";
    router
        .add("GET", all, objects::list, Parameters.LIST)
        .add("GET", one, objects::get, change)
        .add("PATCH", one, objects::patch, change)
        .add("DELETE", one, objects::delete, change)
        .add("POST", one + "/compose", objects::compose, Parameters.CONDITIONS)
        .add("POST", one + "/copyTo/b/*/o/*", objects::copy, copy)
        .add("POST", one + "/rewriteTo/b/*/o/*", objects::rewrite, rewrite);
  }

  private void addContent(DownloadRoute download, UploadRoutes uploads) {
    String read = "generation " + Parameters.CONDITIONS;
    router.add("GET", "/download/storage/v1/b/*/o/*", download::answer, read);
    for (String path : List.of("/upload/storage/v1/b/*/o", "/resumable/upload/storage/v1/b/*/o")) {
      router
          .add("POST", path, uploads::start, UPLOAD_PARAMETERS)
          .add("PUT", path, uploads::resume, UPLOAD_PARAMETERS)
          .add("DELETE", path, uploads::cancel, UPLOAD_PARAMETERS);
    }
  }
}
