package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListGlobalOperationsRequest;
import com.google.cloud.compute.v1.DeleteGlobalOperationRequest;
import com.google.cloud.compute.v1.DeleteGlobalOperationResponse;
import com.google.cloud.compute.v1.DeleteRegionOperationRequest;
import com.google.cloud.compute.v1.DeleteZoneOperationRequest;
import com.google.cloud.compute.v1.GetGlobalOperationRequest;
import com.google.cloud.compute.v1.GetRegionOperationRequest;
import com.google.cloud.compute.v1.GetZoneOperationRequest;
import com.google.cloud.compute.v1.ListGlobalOperationsRequest;
import com.google.cloud.compute.v1.ListRegionOperationsRequest;
import com.google.cloud.compute.v1.ListZoneOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationAggregatedList;
import com.google.cloud.compute.v1.OperationList;
import com.google.cloud.compute.v1.WaitGlobalOperationRequest;
import com.google.cloud.compute.v1.WaitRegionOperationRequest;
import com.google.cloud.compute.v1.WaitZoneOperationRequest;
import com.google.protobuf.Message;
import java.util.Map;
import localcloud.world.World;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;

/**
 * GlobalOperations.*, ZoneOperations.* and RegionOperations.*: one kind of thing in three places.
 */
final class OperationMethods {
  private static final Map<String, Message> GET =
      Map.of(
          "Global", GetGlobalOperationRequest.getDefaultInstance(),
          "Zone", GetZoneOperationRequest.getDefaultInstance(),
          "Region", GetRegionOperationRequest.getDefaultInstance());
  private static final Map<String, Message> WAIT =
      Map.of(
          "Global", WaitGlobalOperationRequest.getDefaultInstance(),
          "Zone", WaitZoneOperationRequest.getDefaultInstance(),
          "Region", WaitRegionOperationRequest.getDefaultInstance());
  private static final Map<String, Message> LIST =
      Map.of(
          "Global", ListGlobalOperationsRequest.getDefaultInstance(),
          "Zone", ListZoneOperationsRequest.getDefaultInstance(),
          "Region", ListRegionOperationsRequest.getDefaultInstance());
  private static final Map<String, Message> DELETE =
      Map.of(
          "Global", DeleteGlobalOperationRequest.getDefaultInstance(),
          "Zone", DeleteZoneOperationRequest.getDefaultInstance(),
          "Region", DeleteRegionOperationRequest.getDefaultInstance());

  private OperationMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    GET.forEach(
        (where, prototype) ->
            handlers.read(
                where + "Operations.Get",
                prototype,
                request -> world.operations().get(Fields.scope(request), name(request))));
    WAIT.forEach(
        (where, prototype) ->
            handlers.add(
                where + "Operations.Wait",
                prototype,
                asked -> await(world, Fields.scope(asked.request()), name(asked.request()))));
    LIST.forEach(
        (where, prototype) ->
            handlers.read(where + "Operations.List", prototype, request -> list(world, request)));
    handlers.read(
        "GlobalOperations.AggregatedList",
        AggregatedListGlobalOperationsRequest.getDefaultInstance(),
        request -> aggregated(world, request));
    DELETE.forEach(
        (where, prototype) ->
            handlers.read(
                where + "Operations.Delete", prototype, request -> delete(world, request)));
  }

  private static Operation await(World world, Scope scope, String name) {
    try {
      return world.await(scope, name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(503, "backendError", "The local cloud is shutting down.");
    }
  }

  private static Message list(World world, Message request) {
    return Lists.page(
        OperationList.getDefaultInstance(),
        Fields.home(request) + "/operations",
        world.operations().list(Fields.scope(request)),
        request);
  }

  private static Message aggregated(World world, Message request) {
    ByPlace places = ByPlace.everywhere(world);
    return Lists.aggregated(
        OperationAggregatedList.getDefaultInstance(),
        places.all(world.operations()::list),
        request,
        places.lists());
  }

  /** Google documents no body; google-cloud-compute 1.98.0 fails without an empty object. */
  private static Message delete(World world, Message request) {
    world.operations().delete(Fields.scope(request), name(request));
    return DeleteGlobalOperationResponse.getDefaultInstance();
  }

  private static String name(Message request) {
    return Fields.text(request, "operation");
  }
}
