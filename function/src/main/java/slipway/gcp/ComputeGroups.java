package slipway.gcp;

import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ListZoneOperationsRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
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

/** Managed instance groups through Google's clients; what zonal and regional ones share. */
final class ComputeGroups implements Groups {
  /** How often the operation of one change may fail while its requests are remembered. */
  private static final int MOST_ATTEMPTS = 20;

  /** https://cloud.google.com/compute/docs/instances/create-use-spot names this one. */
  private static final String PREEMPTED = "compute.instances.preempted";

  private final GroupCalls zonal;
  private final GroupCalls regional;
  private final Clients clients;
  private final RawCalls raw;
  private final Operations operations;
  private final Templates templates;

  ComputeGroups(Clients clients, Operations operations, Templates templates) {
    this.zonal = new ZonalGroupCalls(clients);
    this.regional = new RegionalGroupCalls(clients);
    this.clients = clients;
    this.raw = new RawCalls(clients);
    this.operations = operations;
    this.templates = templates;
  }

  private GroupCalls calls(GroupPath path) {
    return path.isRegional() ? regional : zonal;
  }

  @Override
  public Optional<Group> find(GroupPath path) {
    try {
      return Optional.of(
          read(path, Refusal.guardRead(path.toString(), () -> calls(path).get(path))));
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  private Group read(GroupPath path, InstanceGroupManager manager) {
    Group group = GroupReading.group(path, manager);
    if (group.policies().opportunistic() && !group.reached()) {
      Iterable<ManagedInstance> all =
          Refusal.guardRead("instances of " + path, () -> calls(path).instances(path));
      group = group.serving(GroupReading.serving(group.serving(), all));
    }
    boolean selects = manager.getInstanceFlexibilityPolicy().getInstanceSelectionsCount() > 0;
    // Google's clients do not know the disks of a selection.
    boolean boots =
        selects && raw.get(path.toString()).filter(GroupReading::namesBootDisk).isPresent();
    return boots ? group.namingBootDisk() : group;
  }

  @Override
  public Optional<String> architecture(Group group, String machineType) {
    Map<String, String> known = clients.architectures();
    if (!known.containsKey(machineType)) {
      toldArchitecture(group, machineType).ifPresent(told -> known.put(machineType, told));
    }
    return Optional.ofNullable(known.get(machineType));
  }

  /** By the first of the group's zones that has the type: it is the same in all of them. */
  private Optional<String> toldArchitecture(Group group, String machineType) {
    return group.machines().zones().stream()
        .map(zone -> "projects/" + group.path().project() + "/zones/" + zone)
        .flatMap(zone -> raw.get(zone + "/machineTypes/" + machineType).stream())
        .findFirst()
        .flatMap(type -> Optional.ofNullable(type.get("architecture")))
        .map(JsonElement::getAsString)
        .filter(architecture -> !architecture.endsWith("_UNSPECIFIED"));
  }

  @Override
  public List<Instance> instances(GroupPath path) {
    return Refusal.guardRead(
        "instances of " + path,
        () ->
            StreamSupport.stream(calls(path).instances(path).spliterator(), false)
                .map(GroupReading::instance)
                .toList());
  }

  @Override
  public String console(Instance instance) throws IOException {
    String[] parts = instance.path().split("/", -1);
    return Refusal.guard(
        () -> clients.instances().getSerialPortOutput(parts[1], parts[3], parts[5]).getContents());
  }

  /** Only Spot instances are taken back, and only of them is anything asked. */
  @Override
  public Ended ended(Instance instance, Instant after) {
    String[] parts = instance.path().split("/", -1);
    ListZoneOperationsRequest request =
        ListZoneOperationsRequest.newBuilder()
            .setProject(parts[1])
            .setZone(parts[3])
            .setFilter("operationType=\"" + PREEMPTED + "\"")
            .build();
    try {
      if (!isSpot(instance.template())) {
        return Ended.ITSELF;
      }
      Iterable<Operation> all =
          Refusal.guardRead(
              "operations of " + parts[3],
              () -> clients.zoneOperations().list(request).iterateAll());
      return StreamSupport.stream(all.spliterator(), false)
              .filter(one -> one.getOperationType().equals(PREEMPTED))
              .filter(one -> one.getTargetLink().endsWith(instance.path()))
              .anyMatch(one -> OffsetDateTime.parse(one.getInsertTime()).toInstant().isAfter(after))
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
  private Operation patched(GroupPath path, InstanceGroupManager body) throws OperationFailed {
    Operation started = Operation.getDefaultInstance();
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      ByteString change = body.toByteString().concat(ByteString.copyFromUtf8(path + "," + attempt));
      String id = UUID.nameUUIDFromBytes(change.toByteArray()).toString();
      started = Refusal.guard(() -> calls(path).patch(path, body, id));
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
  private static InstanceGroupManager body(Intent intent) {
    return InstanceGroupManager.newBuilder()
        .setFingerprint(intent.group().fingerprint())
        .addAllVersions(intent.versions().stream().map(ComputeGroups::version).toList())
        .setUpdatePolicy(
            InstanceGroupManagerUpdatePolicy.newBuilder()
                .setType("PROACTIVE")
                .setMinimalAction("REPLACE")
                .setMostDisruptiveAllowedAction("REPLACE")
                .setMaxSurge(size(intent.rolling().maxSurge()))
                .setMaxUnavailable(size(intent.rolling().maxUnavailable())))
        .build();
  }

  private static InstanceGroupManagerVersion version(Version version) {
    InstanceGroupManagerVersion.Builder builder =
        InstanceGroupManagerVersion.newBuilder().setInstanceTemplate(version.template().value());
    if (version.name() != null) {
      builder.setName(version.name());
    }
    if (version.size() != null) {
      builder.setTargetSize(size(version.size()));
    }
    return builder.build();
  }

  private static FixedOrPercent size(Size size) {
    return size.percent()
        ? FixedOrPercent.newBuilder().setPercent(size.value()).build()
        : FixedOrPercent.newBuilder().setFixed(size.value()).build();
  }
}
