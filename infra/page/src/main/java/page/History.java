package page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last deployments of a target, the newest first, and what each of them changed. */
final class History {
  private static final int MOST = 50;

  private final List<RecordEntry> all;

  /** Takes all of the target's records, the latest upload first. */
  History(List<RecordEntry> all) {
    this.all = all;
  }

  /** Names of the records that must be read whole to tell it. */
  Set<String> needed() {
    return all.stream()
        .limit(MOST)
        .flatMap(one -> Stream.concat(Stream.of(one), before(one).stream()))
        .map(RecordEntry::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What served before this one was uploaded. */
  private Optional<RecordEntry> before(RecordEntry one) {
    return all.stream()
        .filter(other -> other.uploaded() < one.uploaded() && other.isGood())
        .findFirst();
  }

  JsonObject cell() {
    JsonArray entries = new JsonArray();
    all.stream().limit(MOST).forEach(one -> entries.add(entry(one)));
    JsonObject cell = new JsonObject();
    cell.add("entries", entries);
    return cell;
  }

  private JsonObject entry(RecordEntry one) {
    JsonObject record = one.cell();
    JsonObject entry = new JsonObject();
    entry.addProperty("key", one.name());
    entry.addProperty("id", one.field("id"));
    entry.addProperty("object", one.object());
    entry.addProperty("stage", one.field("stage"));
    entry.add("code", textOrNull(one.field("code")));
    entry.add("startedAt", textOrNull(Json.text(record, "startedAt")));
    entry.add("finishedAt", textOrNull(Json.text(record, "finishedAt")));
    // Neither an object nor its event tells who wrote it.
    entry.addProperty("by", "");
    entry.add("changed", changed(one));
    return entry;
  }

  /** Null until both were read. */
  private JsonElement changed(RecordEntry after) {
    Optional<RecordEntry> before = before(after);
    if (before.isEmpty()) {
      return new JsonArray();
    }
    if (!after.isRead() || !before.get().isRead()) {
      return JsonNull.INSTANCE;
    }
    JsonObject one = before.get().cell();
    JsonObject other = after.cell();
    JsonArray changes = new JsonArray();
    compare(
        changes,
        "bytes (SHA-256)",
        part(one, "artifact", "sha256"),
        part(other, "artifact", "sha256"));
    compare(changes, "disk", disk(one), disk(other));
    compare(changes, "tarball", bytes(one), bytes(other));
    JsonObject then = Json.object(Json.object(one, "upload"), "metadata");
    JsonObject now = Json.object(Json.object(other, "upload"), "metadata");
    Set<String> keys = new TreeSet<>(then.keySet());
    keys.addAll(now.keySet());
    keys.forEach(key -> compare(changes, key, Json.text(then, key), Json.text(now, key)));
    for (JsonObject group : after.groupStates()) {
      String path = Json.text(group, "group");
      compare(
          changes,
          "template of " + Json.last(path),
          Json.last(template(before.get(), path)),
          Json.last(Json.text(group, "newTemplate")));
    }
    return changes;
  }

  private static String template(RecordEntry record, String group) {
    return record.groupStates().stream()
        .filter(one -> Json.text(one, "group").equals(group))
        .map(one -> Json.text(one, "newTemplate"))
        .findFirst()
        .orElse("");
  }

  private static String part(JsonObject record, String part, String key) {
    return Json.text(Json.object(record, part), key);
  }

  /** The record of a roll-back has neither size: it reads no tarball. */
  private static String disk(JsonObject record) {
    String size = part(record, "artifact", "diskGib");
    return size.isEmpty() || size.equals("0") ? "" : size + " GiB";
  }

  private static String bytes(JsonObject record) {
    String size = part(record, "upload", "sizeBytes");
    return size.isEmpty() || size.equals("0") ? "" : size + " bytes";
  }

  private static void compare(JsonArray changes, String what, String before, String after) {
    if (!before.equals(after)) {
      JsonObject change = new JsonObject();
      change.addProperty("what", what);
      change.add("before", textOrNull(before));
      change.add("after", textOrNull(after));
      changes.add(change);
    }
  }

  static JsonElement textOrNull(String text) {
    return text.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(text);
  }
}
