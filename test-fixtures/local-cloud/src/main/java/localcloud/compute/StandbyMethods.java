package localcloud.compute;

import com.google.cloud.compute.v1.Compute;
import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;
import localcloud.world.groups.ManagedInstances;

/**
 * InstanceGroupManagers.* and RegionInstanceGroupManagers.*: instances that stand by, suspended or
 * stopped.
 */
final class StandbyMethods {
  private StandbyMethods() {}

  static void addTo(Handlers handlers) {
    ManagedInstances chosen = handlers.world().managedInstances();
    add(
        handlers,
        "SuspendInstances",
        r ->
            chosen.suspend(
                Fields.scope(r), GroupMethods.name(r), instances(r), is(r, "force_suspend")));
    add(
        handlers,
        "StopInstances",
        r -> chosen.stop(Fields.scope(r), GroupMethods.name(r), instances(r), is(r, "force_stop")));
    add(
        handlers,
        "ResumeInstances",
        r -> chosen.resume(Fields.scope(r), GroupMethods.name(r), instances(r)));
    add(
        handlers,
        "StartInstances",
        r -> chosen.start(Fields.scope(r), GroupMethods.name(r), instances(r)));
  }

  private static void add(
      Handlers handlers, String method, Function<DynamicMessage, Operation> answer) {
    for (String service : new String[] {"InstanceGroupManagers", "RegionInstanceGroupManagers"}) {
      Descriptor asked =
          Compute.getDescriptor()
              .findServiceByName(service)
              .findMethodByName(method)
              .getInputType();
      handlers.change(service + "." + method, DynamicMessage.getDefaultInstance(asked), answer);
    }
  }

  private static List<String> instances(Message request) {
    return MemberMethods.instances(Fields.body(request));
  }

  private static boolean is(Message request, String flag) {
    return Fields.text(Fields.body(request), flag).equals("true");
  }
}
