package slipway.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a target's alarms. */
final class AlarmsReader {
  private AlarmsReader() {}

  /**
   * The policies; none if the setting is left out. What is faulty is noted by its index, from 0.
   */
  static List<AlertPolicyPath> read(@Nullable JsonElement json, String label, FaultyKeys faulty) {
    List<AlertPolicyPath> policies = new ArrayList<>();
    if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        String one = label + "[" + i + "]";
        Optional<AlertPolicyPath> path =
            array.get(i) instanceof JsonPrimitive text
                ? AlertPolicyPath.of(text.getAsString())
                : Optional.empty();
        if (path.isEmpty()) {
          faulty.add(one, AlertPolicyPath.FORM, array.get(i).toString());
        } else if (policies.stream().anyMatch(other -> other.id().equals(path.get().id()))) {
          faulty.add(one, "each policy once", path.get() + " twice");
        } else {
          policies.add(path.get());
        }
      }
    } else if (json != null && !json.isJsonNull()) {
      faulty.add(label, "a list, each " + AlertPolicyPath.FORM, json.toString());
    }
    return policies;
  }

  /** How long a target soaks that does not say it, in seconds. */
  static int standardSoak(JsonObject target) {
    boolean alarms = target.get("alarms") instanceof JsonArray policies && !policies.isEmpty();
    return alarms ? Math.toIntExact(Target.LEAST_SOAK_WITH_ALARMS.toSeconds()) : 60;
  }

  /** A shorter soak would end before most alerts can open. */
  static void checkSoaks(Target target, FaultyKeys faulty) {
    Duration least = Target.LEAST_SOAK_WITH_ALARMS;
    if (!target.alarms().isEmpty()) {
      target
          .soaks()
          .forEach(
              (key, soak) -> {
                if (soak.compareTo(least) < 0) {
                  faulty.add(
                      "TARGETS, " + target.name() + ", " + key,
                      "at least " + least.toSeconds() + " with alarms, whose metrics are late",
                      Long.toString(soak.toSeconds()));
                }
              });
    }
  }
}
