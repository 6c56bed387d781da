package localcloud.assembly;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The few calls of Compute Engine's API that the seeds and the demo make. */
public final class ComputeClient {
  private static final String ROOT = "/compute/v1/";
  private static final String PROJECT = ROOT + "projects/" + Names.PROJECT + "/";

  private final Api api;

  public ComputeClient(Api api) {
    this.api = api;
  }

  /** Makes a resource and returns when its operation is done; at once if it exists. */
  public void create(String collection, JsonObject resource)
      throws IOException, InterruptedException {
    Optional<JsonObject> operation = api.create(PROJECT + collection, resource);
    if (operation.isPresent()) {
      await(operation.orElseThrow());
    }
  }

  Optional<JsonObject> find(String path) throws IOException, InterruptedException {
    return api.find(PROJECT + path);
  }

  /** How the group and each of its instances stand at this moment. */
  public GroupState group() throws IOException, InterruptedException {
    String path = ROOT + Names.groupPath();
    JsonObject group = api.get(path);
    JsonObject listed = api.post(path + "/listManagedInstances", new JsonObject());
    List<GroupState.Instance> instances = new ArrayList<>();
    if (listed.has("managedInstances")) {
      for (JsonElement instance : listed.getAsJsonArray("managedInstances")) {
        instances.add(GroupState.Instance.of(instance.getAsJsonObject()));
      }
    }
    JsonObject status = group.getAsJsonObject("status");
    return new GroupState(
        status.get("isStable").getAsBoolean(),
        status.getAsJsonObject("versionTarget").get("isReached").getAsBoolean(),
        instances);
  }

  /** The name of the image that this global template's boot disk is made from. */
  public String imageOf(String template) throws IOException, InterruptedException {
    JsonObject resource = api.get(PROJECT + "global/instanceTemplates/" + template);
    for (JsonElement element : resource.getAsJsonObject("properties").getAsJsonArray("disks")) {
      JsonObject disk = element.getAsJsonObject();
      if (disk.has("boot") && disk.get("boot").getAsBoolean()) {
        return lastSegment(
            disk.getAsJsonObject("initializeParams").get("sourceImage").getAsString());
      }
    }
    throw new IOException("template " + template + " has no boot disk");
  }

  /** The name at the end of a link. */
  public static String lastSegment(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** The wait method may answer before the operation is done: asked again until it is. */
  private void await(JsonObject operation) throws IOException, InterruptedException {
    JsonObject now = operation;
    while (!now.get("status").getAsString().equals("DONE")) {
      String path = URI.create(now.get("selfLink").getAsString()).getPath();
      now = api.post(path + "/wait", new JsonObject());
    }
    if (now.has("error")) {
      throw new IOException(
          now.get("operationType").getAsString()
              + " of "
              + now.get("targetLink").getAsString()
              + " failed: "
              + now.get("error"));
    }
  }
}
