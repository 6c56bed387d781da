package localcloud.events;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.StorageObject;
import java.util.Map;

/** Objects as the storage part hands them over when they are written. */
final class Objects {
  private Objects() {}

  static StorageObject in(String bucket, String name) {
    return new StorageObject()
        .setKind("storage#object")
        .setBucket(bucket)
        .setName(name)
        .setGeneration(1795354953000000L)
        .setMetageneration(1L)
        .setSize(java.math.BigInteger.valueOf(300715))
        .setCrc32c("4waSgw==")
        .setMd5Hash("1B2M2Y8AsgTpgAmY7PhCfg==")
        .setContentType("application/gzip")
        .setTimeCreated(new DateTime("2026-11-22T13:42:33.125Z"))
        .setMetadata(Map.of("git-sha", "0123abc"));
  }
}
