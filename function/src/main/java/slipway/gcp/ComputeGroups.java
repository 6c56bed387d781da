package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallOver;

/** Managed instance groups, zonal and regional. */
final class ComputeGroups implements Groups {
  /** How often the operation of one change may fail while its requests are remembered. */
  private static final int MOST_ATTEMPTS = 20;

  /** https://cloud.google.com/compute/docs/instances/create-use-spot names this one. */
  private static final String PREEMPTED = "compute.instances.preempted";

  private final RawCalls calls;
  private final Operations operations;
  private final Templates templates;
  private final Map<String, String> architectures;

  /** Takes the architectures of machine types that are known, by name, and adds to them. */
  ComputeGroups(
      RawCalls calls,
      Operations operations,
      Templates templates,
      Map<String, String> architectures) {
    this.calls = calls;
    this.operations = operations;
    this.templates = templates;
    this.architectures = architectures;
  }

  @Override
  public Optional<Group> find(GroupPath path) {
    return calls.get(path.toString()).map(json -> read(path, json));
  }

  private Group read(GroupPath path, JsonObject json) {
    Group group = GroupReading.group(path, json);
    if (group.policies().opportunistic() && !group.reached()) {
      group = group.serving(GroupReading.serving(group.serving(), listed(path)));
    }
    return group;
  }

  private List<JsonObject> listed(GroupPath path) {
    return calls.listByPost(path + "/listManagedInstances", "managedInstances");
  }

  @Override
  public Optional<String> architecture(Group group, String machineType) {
    if (!architectures.containsKey(machineType)) {
      toldArchitecture(group, machineType).ifPresent(told -> architectures.put(machineType, told));
    }
    return Optional.ofNullable(architectures.get(machineType));
  }

  /** By the first of the group's zones that has the type: it is the same in all of them. */
  private Optional<String> toldArchitecture(Group group, String machineType) {
    return group.machines().zones().stream()
        .map(zone -> "projects/" + group.path().project() + "/zones/" + zone)
        .flatMap(zone -> calls.get(zone + "/machineTypes/" + machineType).stream())
        .findFirst()
        .flatMap(type -> Optional.ofNullable(type.get("architecture")))
        .map(JsonElement::getAsString)
        .filter(architecture -> !architecture.endsWith("_UNSPECIFIED"));
  }

  @Override
  public List<Instance> instances(GroupPath path) {
    return listed(path).stream().map(GroupReading::instance).toList();
  }

  @Override
  public String console(Instance instance) throws IOException {
    // Whoever answers with an error has the last word: nobody waits for a console.
    RawCalls.Answer answer = calls.look(instance.path() + "/serialPort");
    if (answer.status() != 200) {
      throw answer.refusal().failure();
    }
    return Json.text(answer.json(), "contents");
  }

  /** Only Spot instances are taken back, and only of them is anything asked. */
  @Override
  public Ended ended(Instance instance, Instant after) {
    String zone = instance.path().substring(0, instance.path().indexOf("/instances/"));
    Map<String, String> filter = Map.of("filter", "operationType=\"" + PREEMPTED + "\"");
    try {
      if (!isSpot(instance.template())) {
        return Ended.ITSELF;
      }
      return calls.list(zone + "/operations", "items", filter).stream()
              .filter(one -> Json.text(one, "operationType").equals(PREEMPTED))
              .filter(one -> Json.text(one, "targetLink").endsWith(instance.path()))
              .map(one -> OffsetDateTime.parse(Json.text(one, "insertTime")).toInstant())
              .anyMatch(at -> at.isAfter(after))
          ? Ended.PREEMPTED
          : Ended.ITSELF;
    } catch (Misconfigured forbidden) {
      return Ended.UNKNOWN;
    }
  }

  private boolean isSpot(TemplatePath path) {
    return templates
        .find(path)
        .map(template -> template.json().getAsJsonObject("properties"))
        .filter(properties -> properties.get("scheduling") instanceof JsonObject)
        .map(properties -> properties.getAsJsonObject("scheduling"))
        .filter(
            scheduling ->
                String.valueOf(scheduling.get("provisioningModel")).equals("\"SPOT\"")
                    || String.valueOf(scheduling.get("preemptible")).equals("true"))
        .isPresent();
  }

  @Override
  public boolean patch(Intent intent) throws IOException, CallOver {
    GroupPath path = intent.group().path();
    try {
      operations.await(patched(path, body(intent)));
      return true;
    } catch (OperationFailed failed) {
      if (failed.status() == 412 && isChanged(intent.group())) {
        return false;
      }
      throw failed;
    }
  }

  /**
   * An organization's policy answers as a stale fingerprint does: only reading tells them apart.
   */
  private boolean isChanged(Group group) {
    return find(group.path())
        .filter(now -> now.fingerprint().equals(group.fingerprint()))
        .isEmpty();
  }

  /**
   * The same change of what was the same before is one request, whichever call sends it: after
   * going back a group's fingerprint is what it was at the beginning, and a call that stood still
   * from then on would otherwise change it once more. One whose operation failed is a new request.
   */
  private JsonObject patched(GroupPath path, JsonObject body) throws OperationFailed {
    JsonObject started = new JsonObject();
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String change = body + path.toString() + "," + attempt;
      String id = UUID.nameUUIDFromBytes(change.getBytes(UTF_8)).toString();
      started = calls.patch(path.toString(), Map.of("requestId", id), body).operation();
      if (!Operations.hasFailed(started)) {
        return started;
      }
    }
    return started;
  }

  /**
   * Versions and update policy, nothing else: the autoscaler owns the target size, and a body with
   * named ports is refused (google-cloud-ruby#24808).
   */
  private static JsonObject body(Intent intent) {
    JsonArray versions = new JsonArray();
    intent.versions().forEach(version -> versions.add(version(version)));
    JsonObject policy = new JsonObject();
    policy.addProperty("type", "PROACTIVE");
    policy.addProperty("minimalAction", "REPLACE");
    policy.addProperty("mostDisruptiveAllowedAction", "REPLACE");
    policy.add("maxSurge", size(intent.rolling().maxSurge()));
    policy.add("maxUnavailable", size(intent.rolling().maxUnavailable()));
    JsonObject body = new JsonObject();
    body.addProperty("fingerprint", intent.group().fingerprint());
    body.add("versions", versions);
    body.add("updatePolicy", policy);
    return body;
  }

  private static JsonObject version(Version version) {
    JsonObject json = new JsonObject();
    json.addProperty("instanceTemplate", version.template().value());
    if (version.name() != null) {
      json.addProperty("name", version.name());
    }
    if (version.size() != null) {
      json.add("targetSize", size(version.size()));
    }
    return json;
  }

  private static JsonObject size(Size size) {
    JsonObject json = new JsonObject();
    json.addProperty(size.percent() ? "percent" : "fixed", size.value());
    return json;
  }
}
