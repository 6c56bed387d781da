package slipway.settings;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slipway.fault.Misconfigured;

/**
 * Everything an operator sets, read once from the environment.
 *
 * @param project PROJECT: where images and templates are made
 * @param buckets the three of them
 * @param call CALL_SECONDS: how long the platform lets a call run, 120 to 540 s, default 540
 * @param endpoints where Google's services are
 * @param cloudClock CLOUD_CLOCK: the local cloud's time; empty for the system's
 * @param targets TARGETS: JSON, a target's name to what it is
 */
public record Settings(
    String project,
    Buckets buckets,
    Duration call,
    Endpoints endpoints,
    String cloudClock,
    Targets targets) {
  /** Read so, a name that stands twice is an error; a JSON tree would take the later one. */
  private static final TypeToken<Map<String, JsonObject>> OBJECTS = new TypeToken<>() {};

  /**
   * The three buckets, each with writers of its own.
   *
   * @param uploads UPLOADS_BUCKET: uploaders create objects here
   * @param records RECORDS_BUCKET: only the function writes here; uploaders may read
   * @param proven PRIVATE_BUCKET: only the function reads and writes here
   */
  public record Buckets(String uploads, String records, String proven) {}

  /**
   * Where the services are; empty for Google's own.
   *
   * @param storage STORAGE_ENDPOINT, such as {@code http://127.0.0.1:8085}
   * @param compute COMPUTE_ENDPOINT, such as {@code http://127.0.0.1:8085}
   * @param monitoring MONITORING_ENDPOINT, such as {@code http://127.0.0.1:8085}
   * @param token ACCESS_TOKEN: what to send them as a bearer token; never sent to Google
   */
  public record Endpoints(String storage, String compute, String monitoring, String token) {}

  /**
   * Reads all of it.
   *
   * @throws Misconfigured if anything is missing or out of range; the message tells all of it
   */
  public static Settings read(Map<String, String> environment) {
    FaultyKeys faulty = new FaultyKeys();
    Settings settings =
        new Settings(
            required(environment, "PROJECT", faulty),
            new Buckets(
                required(environment, "UPLOADS_BUCKET", faulty),
                required(environment, "RECORDS_BUCKET", faulty),
                required(environment, "PRIVATE_BUCKET", faulty)),
            call(environment.getOrDefault("CALL_SECONDS", "540"), faulty),
            new Endpoints(
                environment.getOrDefault("STORAGE_ENDPOINT", ""),
                environment.getOrDefault("COMPUTE_ENDPOINT", ""),
                environment.getOrDefault("MONITORING_ENDPOINT", ""),
                environment.getOrDefault("ACCESS_TOKEN", "")),
            environment.getOrDefault("CLOUD_CLOCK", ""),
            targets(required(environment, "TARGETS", faulty), faulty));
    checkBuckets(settings.buckets(), faulty);
    checkToken(settings.endpoints(), faulty);
    checkProject(settings, faulty);
    if (!faulty.findings().isEmpty()) {
      throw new Misconfigured(
          "settings",
          faulty.findings(),
          "Set the function's environment variables right and deploy it again.");
    }
    return settings;
  }

  private static String required(Map<String, String> environment, String key, FaultyKeys faulty) {
    String value = environment.getOrDefault(key, "");
    if (value.isBlank()) {
      faulty.add(key, "a value", "nothing");
    }
    return value;
  }

  private static Duration call(String seconds, FaultyKeys faulty) {
    int value = seconds.matches("[0-9]{1,4}") ? Integer.parseInt(seconds) : 0;
    if (value < 120 || value > 540) {
      faulty.add("CALL_SECONDS", "whole seconds from 120 to 540", seconds);
    }
    return Duration.ofSeconds(value);
  }

  private static void checkBuckets(Buckets buckets, FaultyKeys faulty) {
    Set<String> names = Set.copyOf(List.of(buckets.uploads(), buckets.records(), buckets.proven()));
    if (names.size() < 3) {
      faulty.add(
          "UPLOADS_BUCKET, RECORDS_BUCKET, PRIVATE_BUCKET",
          "three buckets, so that an uploader can neither forge a record nor swap what was proven",
          String.join(" and ", names));
    }
  }

  private static void checkToken(Endpoints endpoints, FaultyKeys faulty) {
    boolean elsewhere = !endpoints.storage().isEmpty() && !endpoints.compute().isEmpty();
    if (!endpoints.token().isEmpty() && !elsewhere) {
      // The token itself must not stand in a log.
      faulty.add(
          "ACCESS_TOKEN",
          "none unless STORAGE_ENDPOINT and COMPUTE_ENDPOINT are set: on Google's own services the"
              + " function has its service account",
          "a token");
    }
  }

  private static Targets targets(String json, FaultyKeys faulty) {
    List<Target> targets = new ArrayList<>();
    try {
      Map<String, JsonObject> all = new Gson().fromJson(json, OBJECTS);
      if (all != null) {
        all.forEach((name, one) -> targets.add(new TargetReader(name, one, faulty).read()));
      }
    } catch (JsonParseException | IllegalStateException notObjects) {
      String detail = String.valueOf(notObjects.getMessage());
      faulty.add(
          "TARGETS",
          "a JSON object of objects, one for each target",
          detail.startsWith("Duplicate key") ? "two targets of one name: " + detail : json);
    }
    if (targets.isEmpty()) {
      faulty.add("TARGETS", "at least one target", "none");
    }
    checkDistinct(targets, faulty);
    checkHashes(targets, faulty);
    return new Targets(targets);
  }

  /** Compute is asked for groups, images and templates of one project alone. */
  private static void checkProject(Settings settings, FaultyKeys faulty) {
    for (Target target : settings.targets().all()) {
      for (GroupPath group : target.groups()) {
        if (!group.project().equals(settings.project())) {
          faulty.add(
              "TARGETS, groups of " + target.name(),
              "groups of PROJECT " + settings.project(),
              group.toString());
        }
      }
    }
  }

  /** Two groups of a target would get one template. */
  private static void checkHashes(List<Target> targets, FaultyKeys faulty) {
    for (Target target : targets) {
      Map<String, GroupPath> hashes = new HashMap<>();
      for (GroupPath group : target.groups()) {
        GroupPath other = hashes.put(group.hash(), group);
        if (other != null && !other.equals(group)) {
          faulty.add(
              "TARGETS, groups of " + target.name(),
              "groups whose templates' names differ; put one into a target of its own",
              other + " and " + group + ", both of which get " + group.hash());
        }
      }
    }
  }

  private static void checkDistinct(List<Target> targets, FaultyKeys faulty) {
    Set<String> prefixes = new HashSet<>();
    Set<GroupPath> groups = new HashSet<>();
    for (Target target : targets) {
      if (!prefixes.add(target.prefix())) {
        faulty.add("TARGETS, prefix", "each prefix once", target.prefix() + " twice");
      }
      for (GroupPath group : target.groups()) {
        if (!groups.add(group)) {
          faulty.add("TARGETS, groups", "each group once", group + " twice");
        }
      }
    }
  }
}
