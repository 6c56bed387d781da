package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.DeleteInstanceRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstanceList;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.ResetInstanceRequest;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.StartInstanceRequest;
import com.google.cloud.compute.v1.StopInstanceRequest;
import localcloud.world.World;
import localcloud.world.instances.Instances;
import localcloud.world.instances.SerialOutput;
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
    changes(handlers, world.instances());
    handlers.read(
        "Instances.GetSerialPortOutput",
        GetSerialPortOutputInstanceRequest.getDefaultInstance(),
        request -> console(world, request));
  }

  private static void changes(Handlers handlers, Instances instances) {
    handlers.change(
        "Instances.Insert", InsertInstanceRequest.getDefaultInstance(), r -> insert(instances, r));
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
        "Instances.Reset",
        ResetInstanceRequest.getDefaultInstance(),
        r -> instances.reset(Scope.zone(r.getZone()), r.getInstance()));
  }

  private static Operation insert(Instances instances, InsertInstanceRequest request) {
    if (request.hasSourceInstanceTemplate() || request.hasSourceMachineImage()) {
      throw Refusals.notModelled("instances made from a template or a machine image");
    }
    return instances.insert(Scope.zone(request.getZone()), request.getInstanceResource());
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
