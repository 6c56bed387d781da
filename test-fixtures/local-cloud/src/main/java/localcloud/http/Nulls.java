package localcloud.http;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The nulls in a resource that came as JSON. The library puts one object for each type in their
 * place, the same for all callers: whoever took it for a resource would write into everybody's.
 */
final class Nulls {
  private Nulls() {}

  /** Takes them all away, also inside. */
  static void drop(Object value) {
    if (value instanceof GenericJson resource) {
      for (String key : List.copyOf(resource.keySet())) {
        if (Data.isNull(resource.get(key))) {
          resource.set(key, null);
        } else if (resource.get(key) != null) {
          drop(resource.get(key));
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      map.values().removeIf(Data::isNull);
      map.values().forEach(Nulls::drop);
    } else if (value instanceof Collection<?> all) {
      all.removeIf(Data::isNull);
      all.forEach(Nulls::drop);
    }
  }
}
