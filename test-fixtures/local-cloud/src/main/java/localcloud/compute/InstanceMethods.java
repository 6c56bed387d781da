package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstanceList;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.SerialPortOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import localcloud.world.Scope;
import localcloud.world.World;

/** Instances.*: only looking. Instances come and go with their groups. */
final class InstanceMethods {
  /** What the serial port remembers: "1 MB of the most recent output". */
  private static final int REMEMBERED = 1 << 20;

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
    handlers.read(
        "Instances.GetSerialPortOutput",
        GetSerialPortOutputInstanceRequest.getDefaultInstance(),
        request -> console(world, request));
  }

  private static SerialPortOutput console(World world, GetSerialPortOutputInstanceRequest request) {
    int port = request.hasPort() ? request.getPort() : 1;
    Scope zone = Scope.zone(request.getZone());
    String said = world.instances().console(zone, request.getInstance());
    byte[] all = port == 1 ? said.getBytes(StandardCharsets.UTF_8) : new byte[0];
    long oldest = Math.max(0, all.length - REMEMBERED);
    int start = (int) Math.min(all.length, Math.max(oldest, request.getStart()));
    return SerialPortOutput.newBuilder()
        .setKind("compute#serialPortOutput")
        .setContents(new String(Arrays.copyOfRange(all, start, all.length), StandardCharsets.UTF_8))
        .setStart(start)
        .setNext(all.length)
        .setSelfLink(world.links().to(zone, "instances", request.getInstance()) + "/serialPort")
        .build();
  }
}
