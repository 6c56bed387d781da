package slipway.fakes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import slipway.artifact.ArtifactSource;
import slipway.artifact.UploadGone;
import slipway.fault.OperationFailed;
import slipway.image.ProvenStore;
import slipway.upload.Upload;

/** The uploads and the private bucket, in memory. */
public final class FakeBuckets implements ArtifactSource, ProvenStore {
  private final Map<Upload, byte[]> uploads = new HashMap<>();
  private final Map<String, Upload> copies = new HashMap<>();
  private @Nullable String crcOfCopies;
  private boolean retained;

  /** A retention policy keeps the copies. */
  public void retainCopies() {
    retained = true;
  }

  /** Uploads these bytes. */
  public void put(Upload upload, byte[] bytes) {
    uploads.put(upload, bytes);
  }

  /** Overwrites or deletes the upload. */
  public void remove(Upload upload) {
    uploads.remove(upload);
  }

  /** Lets copies have this CRC32C, as if other bytes were copied. */
  public void spoilCopies(String crc32c) {
    crcOfCopies = crc32c;
  }

  /** The names of the copies that exist. */
  public Set<String> copies() {
    return Set.copyOf(copies.keySet());
  }

  @Override
  public InputStream open(Upload upload) throws IOException {
    return new ByteArrayInputStream(bytes(upload));
  }

  @Override
  public String copy(Upload upload, String name) throws IOException {
    bytes(upload);
    copies.putIfAbsent(name, upload);
    return crcOfCopies == null ? upload.crc32c() : crcOfCopies;
  }

  @Override
  public String url(String name) {
    return "https://storage.googleapis.com/private/" + name;
  }

  @Override
  public void delete(String name) {
    if (retained && copies.containsKey(name)) {
      throw new OperationFailed("retentionPolicyNotMet", "The object is retained.", 403)
          .misconfigured(
              new OperationFailed.Step("private-bucket", name, "to be deleted"),
              "Take the policy off.",
              "Then upload again.");
    }
    copies.remove(name);
  }

  private byte[] bytes(Upload upload) throws UploadGone {
    byte[] bytes = uploads.get(upload);
    if (bytes == null) {
      throw new UploadGone(upload, new IllegalStateException("404"));
    }
    return bytes;
  }
}
