package slipway.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one target; what is faulty is noted, and a stand-in value lets the reading go on. */
final class TargetReader {
  /** Compute allows 63 characters; the id adds 23 and a template's name 5 more. */
  private static final String NAME = "[a-z]([a-z0-9-]{0,33}[a-z0-9])?";

  private static final String TEMPLATE =
      "projects/[a-z0-9.:-]+/(global|regions/[a-z0-9-]+)/instanceTemplates/[a-z][a-z0-9-]*";

  static final Size ONE = new Size(1, false);

  /** 48 hours, in seconds. */
  private static final int LONGEST_SOAK = 172_800;

  private static final Set<String> KEYS =
      Set.of(
          "prefix",
          "groups",
          "maxSurge",
          "maxUnavailable",
          "canary",
          "steps",
          "approval",
          "soakSeconds",
          "progressDeadlineSeconds",
          "totalDeadlineSeconds",
          "maxDiskGib",
          "keep",
          "signingKeys",
          "baseTemplate",
          "alarms",
          "unchecked",
          "image");

  private final String name;
  private final JsonObject json;
  private final FaultyKeys faulty;

  TargetReader(String name, JsonObject json, FaultyKeys faulty) {
    this.name = name;
    this.json = json;
    this.faulty = faulty;
  }

  Target read() {
    if (!name.matches(NAME)) {
      faulty.add(
          "TARGETS",
          "names of at most 35 characters: a letter, then letters, digits, hyphens",
          name);
    }
    refuseOthers(KEYS);
    List<GroupPath> groups = groups();
    StepsReader steps = new StepsReader(name, json, faulty);
    Target target =
        new Target(
            name,
            prefix(),
            groups,
            rolling(),
            steps.steps(),
            steps.approval(),
            deadlines(),
            whole("maxDiskGib", 10, 1, 64),
            whole("keep", 5, 1, 100),
            KeysReader.read(json.get("signingKeys"), label("signingKeys"), faulty),
            baseTemplate(groups),
            AlarmsReader.read(json.get("alarms"), label("alarms"), faulty),
            flag("unchecked"),
            ImageReader.read(json.get("image"), label("image"), faulty));
    AlarmsReader.checkSoaks(target, faulty);
    return target;
  }

  private void refuseOthers(Set<String> keys) {
    for (String key : json.keySet()) {
      if (!keys.contains(key)) {
        faulty.add(label(key), "one of " + String.join(", ", new TreeSet<>(keys)), key);
      }
    }
  }

  private String prefix() {
    String prefix = text("prefix", "");
    if (prefix.isEmpty() || prefix.startsWith("handoff/") || prefix.startsWith("plan/")) {
      faulty.add(
          label("prefix"),
          "the start of this target's object names, not handoff/ or plan/",
          prefix);
    }
    return prefix;
  }

  private List<GroupPath> groups() {
    List<GroupPath> paths = new ArrayList<>();
    JsonElement groups = json.get("groups");
    if (groups instanceof JsonArray array && !array.isEmpty()) {
      for (JsonElement one : array) {
        Optional<GroupPath> path =
            one instanceof JsonPrimitive text ? GroupPath.of(text.getAsString()) : Optional.empty();
        path.ifPresentOrElse(
            paths::add, () -> faulty.add(label("groups"), GroupPath.FORM, one.toString()));
      }
    } else {
      faulty.add(label("groups"), "a list of groups, " + GroupPath.FORM, found(groups));
    }
    return paths;
  }

  /** One step: how many instances, and how long they must hold, which may be left out. */
  Target.Step step(int standardSoak) {
    refuseOthers(Set.of("size", "soakSeconds"));
    return new Target.Step(size("size", ONE), soak(standardSoak));
  }

  private Duration soak(int standard) {
    return Duration.ofSeconds(whole("soakSeconds", standard, 0, LONGEST_SOAK));
  }

  /** Whether a person must approve, and how long there is time for it. */
  Target.Approval approval() {
    refuseOthers(Set.of("required", "withinSeconds"));
    return new Target.Approval(
        flag("required"), Duration.ofSeconds(whole("withinSeconds", 86_400, 60, 604_800)));
  }

  private Target.Rolling rolling() {
    Size surge = size("maxSurge", ONE);
    Size unavailable = size("maxUnavailable", new Size(0, false));
    if (surge.value() == 0 && unavailable.value() == 0) {
      faulty.add(label("maxSurge"), "maxSurge and maxUnavailable not both 0", "both 0");
    }
    return new Target.Rolling(surge, unavailable);
  }

  private Target.Deadlines deadlines() {
    int progress = whole("progressDeadlineSeconds", 600, 10, 86_400);
    int total = whole("totalDeadlineSeconds", 7200, 10, 86_400);
    if (total < progress) {
      faulty.add(
          label("totalDeadlineSeconds"),
          "at least progressDeadlineSeconds, " + progress,
          Integer.toString(total));
    }
    return new Target.Deadlines(
        soak(AlarmsReader.standardSoak(json)),
        Duration.ofSeconds(progress),
        Duration.ofSeconds(total));
  }

  private @Nullable TemplatePath baseTemplate(List<GroupPath> groups) {
    TemplatePath template = new TemplatePath(text("baseTemplate", ""));
    if (template.value().isEmpty()) {
      return null;
    }
    if (!template.value().matches(TEMPLATE)) {
      faulty.add(
          label("baseTemplate"),
          "projects/<project>/global/instanceTemplates/<name>, or regions/<region> for global",
          template.value());
    } else if (!groups.stream().allMatch(group -> group.canUse(template))) {
      faulty.add(
          label("baseTemplate"),
          "a global template, or one of the groups' region",
          template.value());
    }
    return template;
  }

  private boolean flag(String key) {
    JsonElement value = json.get(key);
    if (value != null && !(value instanceof JsonPrimitive flag && flag.isBoolean())) {
      faulty.add(label(key), "true or false", found(value));
    }
    return value instanceof JsonPrimitive flag && flag.getAsBoolean();
  }

  private Size size(String key, Size standard) {
    JsonElement value = json.get(key);
    if (value == null) {
      return standard;
    }
    Optional<Size> size = value instanceof JsonPrimitive text ? Size.of(text) : Optional.empty();
    if (size.isEmpty()) {
      faulty.add(label(key), "a number of instances up to 1000 or 0% to 100%", found(value));
    }
    return size.orElse(standard);
  }

  private int whole(String key, int standard, int least, int most) {
    JsonElement value = json.get(key);
    if (value == null) {
      return standard;
    }
    String digits = value instanceof JsonPrimitive number ? number.getAsString() : "";
    if (digits.matches("[0-9]{1,9}")) {
      int whole = Integer.parseInt(digits);
      if (whole >= least && whole <= most) {
        return whole;
      }
    }
    faulty.add(label(key), "a whole number from " + least + " to " + most, found(value));
    return standard;
  }

  private String text(String key, String standard) {
    JsonElement value = json.get(key);
    if (value == null || value.isJsonNull()) {
      return standard;
    }
    if (value instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    faulty.add(label(key), "a text", found(value));
    return standard;
  }

  private String label(String key) {
    return "TARGETS, " + name + ", " + key;
  }

  private static String found(@Nullable JsonElement value) {
    return value == null ? "nothing" : value.toString();
  }
}
