package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstanceList;
import com.google.cloud.compute.v1.InstancesScopedList;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.Zone;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import localcloud.world.Links;
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
        request -> list(world, request));
    handlers.read(
        "Instances.AggregatedList",
        AggregatedListInstancesRequest.getDefaultInstance(),
        request -> aggregated(world, request));
    handlers.read(
        "Instances.GetSerialPortOutput",
        GetSerialPortOutputInstanceRequest.getDefaultInstance(),
        request -> console(world, request));
  }

  private static InstanceList list(World world, ListInstancesRequest request) {
    Page<Instance> page = Page.of(world.instances().list(Scope.zone(request.getZone())), request);
    String home = "projects/" + request.getProject() + "/zones/" + request.getZone() + "/instances";
    InstanceList.Builder list =
        InstanceList.newBuilder()
            .setKind("compute#instanceList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static InstanceAggregatedList aggregated(
      World world, AggregatedListInstancesRequest request) {
    List<Instance> all = new ArrayList<>();
    for (Zone zone : world.places().zones()) {
      all.addAll(world.instances().list(Scope.zone(zone.getName())));
    }
    Page<Instance> page = Page.of(all, request);
    String home = "projects/" + request.getProject() + "/aggregated/instances";
    InstanceAggregatedList.Builder list =
        InstanceAggregatedList.newBuilder()
            .setKind("compute#instanceAggregatedList")
            .setId(home)
            .setSelfLink(Links.ROOT + home);
    for (Zone zone : world.places().zones()) {
      String key = "zones/" + zone.getName();
      List<Instance> here =
          page.items().stream()
              .filter(instance -> instance.getZone().equals(zone.getSelfLink()))
              .toList();
      InstancesScopedList.Builder scoped = InstancesScopedList.newBuilder().addAllInstances(here);
      list.putItems(key, (here.isEmpty() ? scoped.setWarning(Scoped.empty(key)) : scoped).build());
    }
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
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
