package localcloud.page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;

/** One part of what the page shows. */
@FunctionalInterface
interface Source {
  /** Adds its cells as they are now, each under a key that no other source has. */
  void fill(Map<String, JsonObject> cells) throws IOException;
}
