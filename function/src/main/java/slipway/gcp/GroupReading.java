package slipway.gcp;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Health;
import slipway.rollout.Instance.Status;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

/** Compute's groups and instances in Slipway's words; the same for zonal and regional ones. */
final class GroupReading {
  private GroupReading() {}

  static Group group(GroupPath path, JsonObject group) {
    List<Version> versions = versions(group);
    JsonObject status = Json.at(group, "status");
    return new Group(
        path,
        Json.text(group, "fingerprint"),
        Json.number(group, "targetSize"),
        machines(path, group),
        versions,
        versions.get(0).asRest(),
        wanted(group),
        Json.is(Json.at(status, "versionTarget"), "isReached"),
        Json.is(status, "isStable"),
        policies(group));
  }

  private static Group.Machines machines(GroupPath path, JsonObject group) {
    List<String> zones =
        Json.objects(Json.at(group, "distributionPolicy"), "zones").stream()
            .map(zone -> Json.last(Json.text(zone, "zone")))
            .toList();
    return new Group.Machines(
        zones.isEmpty() ? List.of(path.place()) : zones,
        selections(group)
            .flatMap(selection -> Json.texts(selection, "machineTypes").stream())
            .map(Json::last)
            .collect(toSet()));
  }

  private static Stream<JsonObject> selections(JsonObject group) {
    return Json.at(group, "instanceFlexibilityPolicy", "instanceSelections")
        .asMap()
        .values()
        .stream()
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }

  private static List<Version> versions(JsonObject group) {
    List<JsonObject> versions = Json.objects(group, "versions");
    return versions.isEmpty()
        ? List.of(Version.rest(path(Json.text(group, "instanceTemplate"))))
        : versions.stream().map(GroupReading::version).toList();
  }

  private static Group.Policies policies(JsonObject group) {
    List<JsonObject> checks =
        Json.objects(group, "autoHealingPolicies").stream()
            .filter(one -> one.has("healthCheck"))
            .toList();
    int delay =
        checks.stream().mapToInt(one -> Json.number(one, "initialDelaySec")).max().orElse(0);
    JsonObject update = Json.at(group, "updatePolicy");
    return new Group.Policies(
        !checks.isEmpty(),
        Duration.ofSeconds(delay),
        Json.text(update, "replacementMethod").equals("RECREATE"),
        Json.text(update, "type").equals("OPPORTUNISTIC"),
        Json.is(Json.at(group, "status", "stateful"), "hasStatefulConfig"),
        namesBootDisk(group));
  }

  /** What most of these instances run; of as many the group's own version, else the first. */
  static Version serving(Version own, List<JsonObject> instances) {
    Map<Version, Integer> counts = new LinkedHashMap<>();
    counts.put(own, 0);
    for (JsonObject one : instances) {
      JsonObject version = Json.at(one, "version");
      String template = Json.text(version, "instanceTemplate");
      if (!template.isEmpty() && Json.text(one, "instanceStatus").equals("RUNNING")) {
        counts.merge(new Version(path(template), name(version), null), 1, Integer::sum);
      }
    }
    int most = Collections.max(counts.values());
    return counts.entrySet().stream()
        .filter(count -> count.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(own);
  }

  /** Whether an instance selection names a boot disk. */
  static boolean namesBootDisk(JsonObject group) {
    return selections(group)
        .flatMap(selection -> Json.objects(selection, "disks").stream())
        .anyMatch(disk -> Json.is(disk, "boot"));
  }

  private static Version version(JsonObject version) {
    JsonObject size = Json.at(version, "targetSize");
    boolean percent = size.has("percent");
    boolean sized = percent || size.has("fixed");
    return new Version(
        path(Json.text(version, "instanceTemplate")),
        name(version),
        sized ? new Size(Json.number(size, percent ? "percent" : "fixed"), percent) : null);
  }

  private static @Nullable String name(JsonObject version) {
    String name = Json.text(version, "name");
    return name.isEmpty() ? null : name;
  }

  /** A version without a size shows only what it comes to. */
  private static Map<TemplatePath, Integer> wanted(JsonObject group) {
    return Json.objects(group, "versions").stream()
        .collect(
            toMap(
                version -> path(Json.text(version, "instanceTemplate")),
                version -> Json.number(Json.at(version, "targetSize"), "calculated"),
                Integer::sum));
  }

  static Instance instance(JsonObject instance) {
    String id = Json.text(instance, "id");
    return new Instance(
        partial(Json.text(instance, "instance")),
        id.isEmpty() ? null : id,
        path(Json.text(Json.at(instance, "version"), "instanceTemplate")),
        status(instance),
        action(Json.text(instance, "currentAction")),
        health(Json.objects(instance, "instanceHealth")),
        lastError(Json.at(instance, "lastAttempt", "errors")));
  }

  /** A machine that ends by itself is about to be made anew, and is asleep until the group acts. */
  private static Status status(JsonObject instance) {
    String action = Json.text(instance, "currentAction");
    boolean left = Set.of("NONE", "STOPPING", "SUSPENDING").contains(action);
    return switch (Json.text(instance, "instanceStatus")) {
      case "RUNNING" -> Status.RUNNING;
      case "STOPPING", "STOPPED", "SUSPENDING", "SUSPENDED", "TERMINATED" ->
          left ? Status.ASLEEP : Status.OTHER;
      default -> Status.OTHER;
    };
  }

  private static Action action(String action) {
    return switch (action) {
      case "NONE" -> Action.NONE;
      case "VERIFYING" -> Action.VERIFYING;
      case "RECREATING" -> Action.RECREATING;
      case "DELETING", "ABANDONING" -> Action.DELETING;
      default -> Action.OTHER;
    };
  }

  private static Health health(List<JsonObject> checks) {
    List<String> states =
        checks.stream().map(one -> Json.text(one, "detailedHealthState")).toList();
    if (!states.isEmpty() && states.stream().allMatch(state -> state.equals("HEALTHY"))) {
      return Health.HEALTHY;
    }
    boolean failing =
        states.stream().anyMatch(state -> state.equals("UNHEALTHY") || state.equals("TIMEOUT"));
    return failing ? Health.UNHEALTHY : Health.UNKNOWN;
  }

  private static @Nullable String lastError(JsonObject errors) {
    return Json.objects(errors, "errors").stream()
        .map(error -> Json.text(error, "code") + ": " + Json.text(error, "message"))
        .findFirst()
        .orElse(null);
  }

  /** Of a full or partial URL. */
  static TemplatePath path(String url) {
    return new TemplatePath(partial(url));
  }

  private static String partial(String url) {
    int start = url.indexOf("projects/");
    return start < 0 ? url : url.substring(start);
  }
}
