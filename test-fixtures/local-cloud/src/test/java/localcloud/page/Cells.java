package localcloud.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Cells as the page's server sends them, of one target in one state each: records that the function
 * wrote, with other names and times. Each file but {@code rest} says what differs from that one.
 */
final class Cells {
  /** When all of them were so. */
  static final Instant NOW = Instant.parse("2026-11-30T17:59:58Z");

  static final String TARGET = "target/mir-riseos";
  static final String GROUP =
      "group/projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  static final String OLD = "mir-riseos-20261130-172244-6ab513-7nwt";
  static final String NEW = "mir-riseos-20261130-175611-b7380e-7nwt";

  /** The record of what is under way, or was last. */
  static final String RECORD = "deployments/mir-riseos-3.tar.gz/1796061371356176.json";

  private Cells() {}

  /** All cells of this state; requests come to the old version, but where nobody counts them. */
  static Map<String, JsonObject> of(String state) throws IOException {
    Map<String, JsonObject> cells = new TreeMap<>();
    overlay(cells, "rest");
    if (!state.equals("rest")) {
      overlay(cells, state);
    }
    if (!cells.containsKey("traffic/none")) {
      for (int second = 1; second <= 118; second++) {
        cells.put("traffic/" + NOW.minusSeconds(second).toEpochMilli(), answered(40, 0));
      }
    }
    return cells;
  }

  private static void overlay(Map<String, JsonObject> cells, String state) throws IOException {
    try (InputStream file = Cells.class.getResourceAsStream("/cells/" + state + ".json")) {
      InputStreamReader text =
          new InputStreamReader(Objects.requireNonNull(file, state), StandardCharsets.UTF_8);
      for (Map.Entry<String, JsonElement> cell :
          JsonParser.parseReader(text).getAsJsonObject().entrySet()) {
        if (cell.getValue().isJsonNull()) {
          cells.remove(cell.getKey());
        } else {
          cells.put(cell.getKey(), cell.getValue().getAsJsonObject());
        }
      }
    }
  }

  /** One second of requests to the old version. */
  static JsonObject answered(int count, int failed) {
    return json("{'answered': {'%s': %d}, 'failed': %d}", OLD, count, failed);
  }

  /** With the marks ' in the place of ". */
  static JsonObject json(String format, Object... values) {
    String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  static JsonObject instance(String name, String template, String phase, String health) {
    return json(
        "{'group': '%s', 'name': '%s', 'zone': 'us-west1-a', 'template': '%s', 'phase': '%s',"
            + " 'health': '%s', 'error': ''}",
        GROUP, name, template, phase, health);
  }

  /** This cell, a copy of its own among these. */
  static JsonObject own(Map<String, JsonObject> cells, String key) {
    JsonObject copy = Objects.requireNonNull(cells.get(key), key).deepCopy();
    cells.put(key, copy);
    return copy;
  }

  /** So many instances in the place of those that are there. */
  static void instances(Map<String, JsonObject> cells, int count, int fresh) {
    cells.keySet().removeIf(key -> key.startsWith("instance/"));
    for (int i = 0; i < count; i++) {
      cells.put(
          "instance/projects/demo/zones/us-west1-a/instances/web-" + i,
          instance("web-" + i, i < fresh ? NEW : OLD, "serving", "HEALTHY"));
    }
    JsonObject group = own(cells, GROUP);
    group.addProperty("target", count);
    group.addProperty("size", count);
    group.addProperty("healthy", count);
  }

  /** As much of a record as the page needs. */
  static JsonObject record(String object, String stage, Instant uploaded) {
    return json(
        "{'id': '%s', 'stage': '%s', 'target': 'mir-riseos', 'upload': {'object': '%s',"
            + " 'timeCreated': '%s'}, 'artifact': {'sha256': 'ab'}, 'image': {'name': 'i'},"
            + " 'groups': [{'newTemplate': 'global/instanceTemplates/%s',"
            + " 'course': {'startedAt': '%s'}}]}",
        object, stage, object, uploaded, NEW, uploaded);
  }

  /** Many targets, each with a group at rest that nobody looks into. */
  static Map<String, JsonObject> targets(int count) throws IOException {
    Map<String, JsonObject> cells = new TreeMap<>();
    cells.put("cloud", of("rest").get("cloud"));
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "site-%02d", i);
      String group = "group/projects/demo/zones/us-west1-a/instanceGroupManagers/" + name;
      cells.put(
          group,
          json(
              "{'name': '%s', 'place': 'us-west1-a', 'zones': 1, 'target': 20, 'size': 20,"
                  + " 'healthy': null, 'checked': true, 'reached': true, 'stable': true,"
                  + " 'wanted': [{'template': '%s-v1', 'size': 20}]}",
              name, name));
      cells.put("version/" + name + "-v1", json("{'number': %d}", i));
      cells.put(
          "target/" + name,
          json(
              "{'name': '%s', 'serving': {'template': '%s-v1', 'object': '%s-7.tar.gz',"
                  + " 'since': '2026-11-28T10:15:00Z', 'metadata': {}}, 'previous': null,"
                  + " 'hold': null, 'groups': ['%s'], 'open': [], 'alarms': [], 'orders': {}}",
              name, name, name, group));
    }
    return cells;
  }
}
