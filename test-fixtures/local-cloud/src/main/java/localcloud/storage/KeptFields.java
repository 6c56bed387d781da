package localcloud.storage;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a resource a client may set here; what cannot be kept is refused, not dropped.
 */
final class KeptFields {
  static final KeptFields OBJECT =
      new KeptFields(
          Set.of(
              "cacheControl",
              "contentDisposition",
              "contentEncoding",
              "contentLanguage",
              "contentType",
              "customTime",
              "metadata",
              "storageClass"),
          // Set by the store itself; clients send them back, and Google ignores them.
          Set.of(
              "bucket",
              "name",
              "id",
              "kind",
              "generation",
              "metageneration",
              "crc32c",
              "md5Hash",
              "etag",
              "selfLink",
              "mediaLink",
              "size",
              "timeCreated",
              "timeFinalized",
              "updated",
              "timeStorageClassUpdated",
              "componentCount",
              "owner"));

  static final KeptFields BUCKET =
      new KeptFields(
          Set.of(
              "cors",
              "iamConfiguration",
              "labels",
              "lifecycle",
              "location",
              "logging",
              "softDeletePolicy",
              "storageClass",
              "website"),
          Set.of(
              "name",
              "id",
              "kind",
              "generation",
              "metageneration",
              "etag",
              "selfLink",
              "timeCreated",
              "updated",
              "locationType",
              "projectNumber",
              "owner",
              // Not the bucket's at all: Google ignores it.
              "project"));

  private final Set<String> kept;
  private final Set<String> ownToStore;

  private KeptFields(Set<String> kept, Set<String> ownToStore) {
    this.kept = kept;
    this.ownToStore = ownToStore;
  }

  /** Refuses with 501 what could only be dropped. */
  void check(GenericJson asked) {
    for (Map.Entry<String, Object> field : asked.entrySet()) {
      String name = field.getKey();
      if (!kept.contains(name) && !ownToStore.contains(name) && !isEmpty(field.getValue())) {
        throw new ApiException(
            501, "notImplemented", "The local cloud does not keep the field '" + name + "'");
      }
    }
  }

  /** Takes away all that a client may set; the storage class stays one. */
  void clear(GenericJson resource) {
    kept.stream()
        .filter(field -> !field.equals("storageClass"))
        .forEach(field -> resource.set(field, null));
  }

  boolean anyIn(GenericJson asked) {
    return asked.entrySet().stream()
        .anyMatch(field -> kept.contains(field.getKey()) && !Data.isNull(field.getValue()));
  }

  /** A JSON merge patch: null removes, also inside {@code metadata}; all else replaces. */
  void merge(GenericJson patch, GenericJson into) {
    for (Map.Entry<String, Object> field : patch.entrySet()) {
      if (kept.contains(field.getKey())) {
        into.set(field.getKey(), merged(into.get(field.getKey()), field.getValue()));
      }
    }
  }

  private static @Nullable Object merged(@Nullable Object before, Object patch) {
    if (Data.isNull(patch)) {
      return null;
    }
    if (!(patch instanceof Map<?, ?> changes) || patch instanceof GenericJson) {
      return Data.clone(patch);
    }
    Map<Object, Object> result = new HashMap<>();
    if (before instanceof Map<?, ?> old) {
      result.putAll(old);
    }
    changes.forEach((key, value) -> result.put(key, value));
    result.values().removeIf(Data::isNull);
    return result.isEmpty() ? null : result;
  }

  private static boolean isEmpty(Object value) {
    return Data.isNull(value)
        || Boolean.FALSE.equals(value)
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.values().stream().allMatch(KeptFields::isEmpty));
  }
}
