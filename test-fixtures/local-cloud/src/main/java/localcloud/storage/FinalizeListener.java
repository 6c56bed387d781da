package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;

/**
 * Is told of each new generation, be it by upload, compose, copy or rewrite, after it is published
 * and before the client has its answer.
 */
@FunctionalInterface
public interface FinalizeListener {
  /** Takes the new generation's resource; must not block, the uploader waits. */
  void finalized(StorageObject object);
}
