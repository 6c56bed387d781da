package benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import localcloud.assembly.GroupState;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;

/** Deploys to a group whose machines boot their disk, in the system's own time. */
final class RealCloud implements AutoCloseable {
  private static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** Nothing to wait for by choice: no canary, no soak. */
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "maxSurge": "3", "canary": {"size": "0"}, "soakSeconds": 0,
        "groups": ["projects/demo/%s"]}}
      """
          .replace("%s", GROUP);

  private final SeededCloud cloud;
  private final Path log;

  /** Its files go into this folder. */
  RealCloud(Path folder) throws IOException, InterruptedException {
    cloud = SeededCloud.real(folder);
    log = folder.resolve("function.log");
    cloud.startFunction(1, Map.of("TARGETS", TARGETS));
  }

  /** Returns once the group has this many instances and is at rest. */
  void resize(int size) throws IOException, InterruptedException {
    cloud.patch(GROUP, "{\"targetSize\": " + size + "}");
    await("the group's " + size + " instances", () -> serves(size, name -> true));
  }

  /** Uploads a tarball and returns when it is deployed. */
  Passage deploy(Path tarball, int size) throws IOException, InterruptedException {
    Instant begun = cloud.clock().instant();
    FinalizeEvent event = cloud.upload(tarball);
    Instant uploaded = cloud.clock().instant();
    await("the record's groups", () -> template(event).isPresent());
    String template = template(event).orElseThrow();
    Instant serving =
        await(
            tarball.getFileName() + " on " + size + " instances",
            () -> serves(size, name -> template.endsWith("/" + name)));
    await("the record's end", () -> !cloud.record(event).get("finishedAt").isJsonNull());
    JsonObject record = cloud.record(event);
    Fleet.requireDeployed(record);
    String id = record.get("id").getAsString();
    return new Passage(
        begun,
        uploaded,
        logged(id, "artifact.proven"),
        logged(id, "image.created"),
        logged(id, "rollout.started"),
        serving,
        Interval.time(record, "finishedAt"));
  }

  /** The new template's path, once the record names it. */
  private Optional<String> template(FinalizeEvent event) throws IOException, InterruptedException {
    Optional<JsonObject> record = cloud.findRecord(event);
    if (record.isPresent()) {
      JsonArray groups = record.get().getAsJsonArray("groups");
      if (!groups.isEmpty() && !record.get().get("stage").getAsString().equals("image-ready")) {
        JsonElement template = groups.get(0).getAsJsonObject().get("newTemplate");
        return template.isJsonNull() ? Optional.empty() : Optional.of(template.getAsString());
      }
    }
    return Optional.empty();
  }

  /** Whether there are this many, and each of them serves and has a wanted template, by name. */
  private boolean serves(int size, Predicate<String> wanted)
      throws IOException, InterruptedException {
    List<GroupState.Instance> instances =
        cloud.instances(GROUP).stream().map(GroupState.Instance::of).toList();
    return instances.size() == size
        && instances.stream().allMatch(one -> one.serves() && wanted.test(one.template()));
  }

  /** When the audit told this event of a deployment first. */
  private Instant logged(String deployment, String event) throws IOException {
    for (String line : Files.readAllLines(log)) {
      if (line.startsWith("{")) {
        JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
        if (is(entry, "deployment", deployment) && is(entry, "event", event)) {
          return Interval.time(entry, "time");
        }
      }
    }
    throw new IOException("expected " + event + " of " + deployment + " in " + log);
  }

  private static boolean is(JsonObject entry, String key, String value) {
    return entry.has(key) && entry.get(key).getAsString().equals(value);
  }

  /** Whether it is so far. */
  private interface Look {
    boolean isSo() throws IOException, InterruptedException;
  }

  /** Returns when it was first seen to be so. */
  private Instant await(String what, Look look) throws IOException, InterruptedException {
    Instant limit = cloud.clock().instant().plus(LIMIT);
    while (!look.isSo()) {
      Instant now = cloud.clock().instant();
      if (now.isAfter(limit)) {
        throw new IOException("expected " + what + " within " + LIMIT.toMinutes() + " minutes");
      }
      cloud.clock().sleepUntil(now.plus(LOOK));
    }
    return cloud.clock().instant();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
