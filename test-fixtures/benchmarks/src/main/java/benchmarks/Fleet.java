package benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * A group of simulated machines with a target of its own.
 *
 * @param name of the target, the group, and the start of its uploads' names
 * @param size how many instances
 * @param surge how many more than that there may be meanwhile, a number or a percentage
 * @param soakSeconds how long all of them must stay healthy
 */
record Fleet(String name, int size, String surge, int soakSeconds) {
  private static final String GROUPS = "zones/us-west1-a/instanceGroupManagers";

  /** In cloud time. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration LIMIT = Duration.ofHours(6);

  /** With one instance more at a time, a large one with half as many. */
  Fleet(String name, int size) {
    this(name, size, size < 10 ? "1" : "50%", 60);
  }

  /** The settings that name a target for each, with the usual canary. */
  static String targets(List<Fleet> fleets) {
    return fleets.stream().map(Fleet::target).collect(Collectors.joining(", ", "{", "}"));
  }

  /** Deadlines that a busy machine does not reach: its own time is not sped up. */
  private String target() {
    return quoted(
        "'"
            + name
            + "': {'prefix': '"
            + name
            + "-', 'progressDeadlineSeconds': 20000, 'totalDeadlineSeconds': 80000, 'maxSurge': '"
            + surge
            + "', 'soakSeconds': "
            + soakSeconds
            + ", 'groups': ['projects/demo/"
            + GROUPS
            + "/"
            + name
            + "']}");
  }

  /** Makes the group, and returns once it serves version 1. */
  void make(SeededCloud cloud) throws IOException, InterruptedException {
    cloud.create(
        GROUPS,
        quoted(
            "{'name': '"
                + name
                + "', 'baseInstanceName': '"
                + name
                + "', 'targetSize': "
                + size
                + ", 'instanceTemplate': 'global/instanceTemplates/mir-riseos-1',"
                + " 'autoHealingPolicies': [{'healthCheck': 'global/healthChecks/mir-riseos-health',"
                + " 'initialDelaySec': 600}]}"));
    Instant limit = cloud.clock().instant().plus(LIMIT);
    while (!isStable(cloud)) {
      pause(cloud, limit);
    }
  }

  private boolean isStable(SeededCloud cloud) throws IOException, InterruptedException {
    JsonObject group = cloud.compute(GROUPS + "/" + name);
    return group.getAsJsonObject("status").get("isStable").getAsBoolean();
  }

  /** Uploads a good version. */
  FinalizeEvent upload(SeededCloud cloud, int version) throws IOException, InterruptedException {
    return cloud.upload(
        name + "-" + version + ".tar.gz",
        Kind.SPARSE,
        SimulatedDisk.healthy(Integer.toString(version)));
  }

  /** The record, once it has ended. */
  static JsonObject ended(SeededCloud cloud, FinalizeEvent event)
      throws IOException, InterruptedException {
    Instant limit = cloud.clock().instant().plus(LIMIT);
    while (true) {
      Optional<JsonObject> record = cloud.findRecord(event);
      if (record.isPresent() && hasEnded(record.get())) {
        return record.get();
      }
      pause(cloud, limit);
    }
  }

  static boolean hasEnded(JsonObject record) {
    return !record.get("finishedAt").isJsonNull();
  }

  static void requireDeployed(JsonObject record) throws IOException {
    if (!record.get("stage").getAsString().equals("deployed")) {
      throw new IOException("expected a deployment, found " + record);
    }
  }

  private static void pause(SeededCloud cloud, Instant limit)
      throws IOException, InterruptedException {
    Instant now = cloud.clock().instant();
    if (now.isAfter(limit)) {
      throw new IOException("not at its end within " + LIMIT.toHours() + " h of cloud time");
    }
    cloud.clock().sleepUntil(now.plus(LOOK));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
