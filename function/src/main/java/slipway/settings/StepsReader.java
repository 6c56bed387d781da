package slipway.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads what comes before all instances of a target follow: its steps, and the approval. */
final class StepsReader {
  private static final int MOST = 20;
  private static final String STEP = "{\"size\": \"10%\", \"soakSeconds\": 300}";

  private final String name;
  private final JsonObject json;
  private final FaultyKeys faulty;

  /** Of a step that does not say how long it soaks, in seconds. */
  private final int soak;

  StepsReader(String name, JsonObject json, FaultyKeys faulty) {
    this.name = name;
    this.json = json;
    this.faulty = faulty;
    this.soak = AlarmsReader.standardSoak(json);
  }

  /** The steps; or the one of {@code canary}, their short form. */
  List<Target.Step> steps() {
    if (!json.has("steps")) {
      return List.of(canary());
    }
    if (json.has("canary")) {
      faulty.add(label("canary"), "either steps or canary, its short form", "both");
    }
    return list(json.get("steps"));
  }

  Target.Approval approval() {
    JsonElement value = json.get("approval");
    if (value instanceof JsonObject approval) {
      return new TargetReader(name + ", approval", approval, faulty).approval();
    }
    if (value != null) {
      faulty.add(
          label("approval"), "{\"required\": true, \"withinSeconds\": 86400}", value.toString());
    }
    return Target.Approval.NONE;
  }

  private Target.Step canary() {
    JsonElement value = json.get("canary");
    if (value instanceof JsonObject canary) {
      return new TargetReader(name + ", canary", canary, faulty).step(soak);
    }
    if (value != null) {
      faulty.add(label("canary"), "{\"size\": \"1\", \"soakSeconds\": 60}", value.toString());
    }
    return new Target.Step(TargetReader.ONE, Duration.ofSeconds(soak));
  }

  private List<Target.Step> list(JsonElement value) {
    List<Target.Step> steps = new ArrayList<>();
    if (!(value instanceof JsonArray array) || array.size() > MOST) {
      faulty.add(
          label("steps"),
          "a list of at most " + MOST + " of " + STEP,
          value instanceof JsonArray many ? many.size() + " of them" : "no list");
      return steps;
    }
    for (JsonElement one : array) {
      String index = "steps[" + steps.size() + "]";
      if (!(one instanceof JsonObject step) || !step.has("size")) {
        faulty.add(label(index), STEP, one.toString());
        return steps;
      }
      steps.add(new TargetReader(name + ", " + index, step, faulty).step(soak));
      check(steps, label(index + ", size"));
    }
    return steps;
  }

  /** Numbers and percentages cannot be compared until the group's size is known. */
  private void check(List<Target.Step> steps, String key) {
    int last = steps.size() - 1;
    Size size = steps.get(last).size();
    if (size.value() == 0 || size.percent() && size.value() == 100) {
      faulty.add(
          key, "some instances and not all: all follow after the last step", size.toString());
    }
    for (Target.Step before : steps.subList(0, last)) {
      if (before.size().percent() == size.percent() && before.size().value() >= size.value()) {
        faulty.add(key, "more than the " + before.size() + " of a step before", size.toString());
        return;
      }
    }
  }

  private String label(String key) {
    return "TARGETS, " + name + ", " + key;
  }
}
