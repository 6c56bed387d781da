package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.DeleteInstanceRequest;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstanceList;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.ResetInstanceRequest;
import com.google.cloud.compute.v1.ResumeInstanceRequest;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.StartInstanceRequest;
import com.google.cloud.compute.v1.StopInstanceRequest;
import com.google.cloud.compute.v1.SuspendInstanceRequest;
import com.google.protobuf.Message;
import localcloud.world.World;
import localcloud.world.instances.Instances;
import localcloud.world.instances.SerialOutput;
import localcloud.world.passive.PassiveResources;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/** Instances.*: those of groups and single ones. */
final class InstanceMethods {
  private InstanceMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    handlers.read(
        "Instances.Get",
        GetInstanceRequest.getDefaultInstance(),
        r -> world.instances().get(Scope.zone(r.getZone()), r.getInstance()));
    handlers.read(
        "Instances.List",
        ListInstancesRequest.getDefaultInstance(),
        request ->
            Lists.page(
                InstanceList.getDefaultInstance(),
                "projects/" + request.getProject() + "/zones/" + request.getZone() + "/instances",
                world.instances().list(Scope.zone(request.getZone())),
                request));
    handlers.read(
        "Instances.AggregatedList",
        AggregatedListInstancesRequest.getDefaultInstance(),
        request ->
            Lists.aggregated(
                InstanceAggregatedList.getDefaultInstance(),
                ByZone.all(world, world.instances()::list),
                request,
                ByZone.places(world, Instance::getZone)));
    changes(handlers, world);
    handlers.read(
        "Instances.GetSerialPortOutput",
        GetSerialPortOutputInstanceRequest.getDefaultInstance(),
        request -> console(world, request));
  }

  private static void changes(Handlers handlers, World world) {
    Instances instances = world.instances();
    handlers.change(
        "Instances.Insert", InsertInstanceRequest.getDefaultInstance(), r -> insert(world, r));
    handlers.change(
        "Instances.Delete",
        DeleteInstanceRequest.getDefaultInstance(),
        r -> instances.delete(Scope.zone(r.getZone()), r.getInstance()));
    handlers.change(
        "Instances.Start",
        StartInstanceRequest.getDefaultInstance(),
        r -> instances.start(Scope.zone(r.getZone()), r.getInstance()));
    handlers.change(
        "Instances.Stop",
        StopInstanceRequest.getDefaultInstance(),
        r -> instances.stop(Scope.zone(r.getZone()), r.getInstance()));
    handlers.change(
        "Instances.Suspend",
        SuspendInstanceRequest.getDefaultInstance(),
        r -> instances.suspend(Scope.zone(r.getZone()), r.getInstance()));
    handlers.change(
        "Instances.Resume",
        ResumeInstanceRequest.getDefaultInstance(),
        r -> instances.resume(Scope.zone(r.getZone()), r.getInstance()));
    handlers.change(
        "Instances.Reset",
        ResetInstanceRequest.getDefaultInstance(),
        r -> instances.reset(Scope.zone(r.getZone()), r.getInstance()));
  }

  private static Operation insert(World world, InsertInstanceRequest request) {
    if (request.hasSourceInstanceTemplate() || request.hasSourceMachineImage()) {
      throw Refusals.notModelled("instances made from a template or a machine image");
    }
    Scope zone = Scope.zone(request.getZone());
    Instance.Builder asked = request.getInstanceResource().toBuilder();
    for (AttachedDisk.Builder disk : asked.getDisksBuilderList()) {
      if (disk.hasSource()) {
        disk.setInitializeParams(contentOf(world, zone, disk.getSource()));
      }
    }
    return world.instances().insert(zone, asked.build());
  }

  /** A disk that was made before, and holds what it was made of. */
  private static AttachedDiskInitializeParams contentOf(World world, Scope zone, String source) {
    Message found = world.passive().get(PassiveResources.DISKS, zone, Links.last(source));
    Disk disk = Disk.newBuilder().mergeFrom(found).build();
    return AttachedDiskInitializeParams.newBuilder()
        .setDiskName(disk.getName())
        .setDiskSizeGb(disk.getSizeGb())
        .setSourceImage(disk.getSourceImage())
        .build();
  }

  private static SerialPortOutput console(World world, GetSerialPortOutputInstanceRequest request) {
    int port = request.hasPort() ? request.getPort() : 1;
    if (port < 1 || port > 4) {
      throw Refusals.invalid("port", String.valueOf(port), "Must be between 1 and 4, inclusive.");
    }
    Scope zone = Scope.zone(request.getZone());
    SerialOutput first = world.instances().console(zone, request.getInstance());
    SerialOutput asked = port == 1 ? first.from(request.getStart()) : SerialOutput.of("");
    return SerialPortOutput.newBuilder()
        .setKind("compute#serialPortOutput")
        .setContents(asked.text())
        .setStart(asked.start())
        .setNext(asked.next())
        .setSelfLink(world.links().to(zone, "instances", request.getInstance()) + "/serialPort")
        .build();
  }
}
