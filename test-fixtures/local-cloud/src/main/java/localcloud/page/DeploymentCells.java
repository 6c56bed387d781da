package localcloud.page;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.storage.ListQuery;
import localcloud.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * The records of the deployments that moved last, each under its object's name, {@code
 * deployments/<object>/<generation>.json}: the record itself, or {@code unreadable} if it is none.
 */
final class DeploymentCells implements Source {
  private static final String PREFIX = "deployments/";
  private static final int SHOWN = 200;
  private static final int LARGEST = 1 << 18;

  private record Read(long generation, JsonObject cell) {}

  private final ObjectStore store;
  private final String bucket;
  private Map<String, Read> known = Map.of();

  DeploymentCells(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  @Override
  public synchronized void fill(Map<String, JsonObject> cells) throws IOException {
    Map<String, Read> now = new HashMap<>();
    for (StorageObject object : newest()) {
      Read read = known.get(object.getName());
      if (read == null || read.generation() != object.getGeneration()) {
        read = new Read(object.getGeneration(), read(object.getName()));
      }
      now.put(object.getName(), read);
      cells.put(object.getName(), read.cell());
    }
    known = now;
  }

  private List<StorageObject> newest() {
    if (store.buckets(bucket).isEmpty()) {
      return List.of();
    }
    List<StorageObject> all = new ArrayList<>();
    @Nullable String next = null;
    do {
      Objects page = store.list(bucket, new ListQuery(PREFIX, "", "", "", 1000, next));
      all.addAll(page.getItems() == null ? List.of() : page.getItems());
      next = page.getNextPageToken();
    } while (next != null);
    return all.stream()
        .sorted(Comparator.comparing(StorageObject::getGeneration).reversed())
        .limit(SHOWN)
        .toList();
  }

  private JsonObject read(String name) throws IOException {
    Optional<InputStream> found = store.open(bucket, name);
    if (found.isEmpty()) {
      return unreadable();
    }
    try (InputStream content = found.orElseThrow()) {
      String text = new String(content.readNBytes(LARGEST), StandardCharsets.UTF_8);
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException notARecord) {
      return unreadable();
    }
  }

  private static JsonObject unreadable() {
    JsonObject cell = new JsonObject();
    cell.addProperty("unreadable", true);
    return cell;
  }
}
