package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectStore;
import localcloud.storage.Staging;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * One resumable upload. What has come stays, also when a connection breaks, until the session ends.
 * Forms of request and answer: Google's documentation, "Resumable uploads".
 */
final class UploadSession implements AutoCloseable {
  /** Chunks but the last are whole multiples of this many bytes. */
  private static final long CHUNK_UNIT = 256 * 1024;

  private final ObjectStore store;
  private final StorageObject wanted;
  private final Conditions conditions;
  private final Runnable lastCheck;
  private final Staging staging;
  private @Nullable StorageObject published;
  private boolean over;

  /**
   * Begins without content.
   *
   * @param lastCheck refuses, once all has come, what was allowed to begin and is not any more
   */
  UploadSession(ObjectStore store, StorageObject wanted, Conditions conditions, Runnable lastCheck)
      throws IOException {
    this.store = store;
    this.wanted = wanted;
    this.conditions = conditions;
    this.lastCheck = lastCheck;
    this.staging = store.stage();
  }

  /**
   * The object, or null while more is to come.
   *
   * @throws ApiException if this call is refused
   */
  synchronized @Nullable StorageObject take(Request request) throws IOException {
    if (published != null) {
      return published.clone();
    }
    Checksums.declare(request, wanted);
    if (request.header("Content-Range").isEmpty()) {
      staging.receive(request.body());
      return publish();
    }
    ContentRange range = ContentRange.parse(request.header("Content-Range"));
    Long first = range.first();
    Long end = range.end();
    boolean open = first != null && end == null;
    if (first != null && end != null) {
      receive(first, end, range.total(), request.body());
    } else if (first != null) {
      receiveAll(first, request.body());
    }
    Long total = range.total();
    boolean complete = total == null ? open : total == staging.size();
    return complete ? publish() : null;
  }

  /**
   * 308 with the range that has come; with no range if nothing has. Go's client asks for 200 with
   * the 308 in a header (google-api-go-client, {@code internal/gensupport/resumable.go}).
   */
  synchronized Answer incomplete(Request request) {
    Map<String, String> headers = new HashMap<>();
    if (staging.size() > 0) {
      headers.put("Range", "bytes=0-" + (staging.size() - 1));
    }
    if (request.header("X-GUploader-No-308").equalsIgnoreCase("yes")) {
      headers.put("X-Http-Status-Code-Override", "308");
      return Answer.empty(200, headers);
    }
    return Answer.empty(308, headers);
  }

  /** Whether it was refused for good: all content had come, and could not become an object. */
  synchronized boolean isLost() {
    return over && published == null;
  }

  @Override
  public void close() throws IOException {
    staging.close();
  }

  private void receiveAll(long first, InputStream body) throws IOException {
    if (first > staging.size()) {
      throw gap(first, "*", null);
    }
    new LimitedStream(body, staging.size() - first).transferTo(OutputStream.nullOutputStream());
    staging.receive(body);
  }

  private ApiException gap(long first, Object last, @Nullable Long total) {
    String message = "Invalid range: bytes %d-%s of %s, of which %d have come";
    return new ApiException(
        400, "invalid", String.format(Locale.ROOT, message, first, last, total, staging.size()));
  }

  private void receive(long first, long end, @Nullable Long total, InputStream body)
      throws IOException {
    if (first > staging.size() || end < first || (total != null && end > total)) {
      throw gap(first, end - 1, total);
    }
    boolean last = total != null && end == total;
    long length = last ? end - first : wholeUnits(end - first);
    long known = Math.min(length, staging.size() - first);
    // Read, not skipped: the JDK server's stream does not count what is skipped, and then hangs.
    new LimitedStream(body, known).transferTo(OutputStream.nullOutputStream());
    long taken = staging.receive(body, length - known);
    if (taken != length - known) {
      throw new ApiException(
          400, "invalid", "The body holds fewer bytes than its Content-Range says");
    }
  }

  /** The sentence: googleapis/gcs-resumable-upload issue 17; what is over waits for the next. */
  private static long wholeUnits(long length) {
    if (length < CHUNK_UNIT) {
      String message =
          "Invalid request.  The number of bytes uploaded is required to be equal or greater than"
              + " 262144, except for the final request (it's recommended to be the exact multiple"
              + " of 262144).  The received request contained %d bytes, which does not meet this"
              + " requirement.";
      throw new ApiException(400, "badRequest", String.format(Locale.ROOT, message, length));
    }
    return length - length % CHUNK_UNIT;
  }

  private StorageObject publish() throws IOException {
    over = true;
    lastCheck.run();
    StorageObject object = store.publish(wanted, staging, conditions);
    published = object;
    return object.clone();
  }
}
