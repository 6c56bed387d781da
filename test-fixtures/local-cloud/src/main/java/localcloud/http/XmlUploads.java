package localcloud.http;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectStore;
import localcloud.storage.PartUpload;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Multipart uploads (Google's documentation, "XML API multipart uploads"). They do not survive a
 * restart.
 */
final class XmlUploads {
  /** Google's documentation, "Quotas and limits". */
  private static final int MOST_PARTS = 10_000;

  private final ObjectStore store;
  private final Map<String, PartUpload> uploads = new ConcurrentHashMap<>();

  XmlUploads(ObjectStore store) {
    this.store = store;
  }

  Answer begin(Request request, StorageObject wanted) {
    String bucket = wanted.getBucket();
    Acls.check(store.bucket(bucket), XmlHeaders.acl(request), null);
    store.checkUpload(wanted, Conditions.NONE);
    String id = UUID.randomUUID().toString();
    uploads.put(id, new PartUpload(store, wanted));
    return Xml.document(
        "InitiateMultipartUploadResult",
        xml -> xml.add("Bucket", bucket).add("Key", wanted.getName()).add("UploadId", id));
  }

  Answer receive(Request request) throws IOException {
    @Nullable Long number = request.number("partNumber");
    if (number == null || number < 1 || number > MOST_PARTS) {
      throw new ApiException(
          400, "InvalidArgument", "partNumber must be between 1 and " + MOST_PARTS + ".");
    }
    PartUpload.Sums sums = upload(request).receive(number.intValue(), request.body());
    String etag = HexFormat.of().formatHex(Base64.getDecoder().decode(sums.md5Hash()));
    String hash = "crc32c=" + sums.crc32c() + ",md5=" + sums.md5Hash();
    return Answer.empty(200, Map.of("ETag", '"' + etag + '"', "x-goog-hash", hash));
  }

  Answer complete(Request request) throws IOException {
    List<Integer> numbers =
        Xml.texts(request.body(), "PartNumber").stream().map(Integer::valueOf).toList();
    StorageObject made = upload(request).complete(numbers);
    uploads.remove(request.text("uploadId"));
    return Xml.document(
        "CompleteMultipartUploadResult",
        xml ->
            xml.add("Location", request.address() + request.path())
                .add("Bucket", made.getBucket())
                .add("Key", made.getName())
                .add("ETag", '"' + made.getEtag() + '"'));
  }

  Answer abort(Request request) throws IOException {
    upload(request).abort();
    uploads.remove(request.text("uploadId"));
    return Answer.empty(204, Map.of());
  }

  private PartUpload upload(Request request) {
    PartUpload upload = uploads.get(request.text("uploadId"));
    if (upload == null) {
      throw new ApiException(
          404, "NoSuchUpload", "The requested upload was not found: " + request.text("uploadId"));
    }
    return upload;
  }
}
