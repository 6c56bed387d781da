package localcloud.assembly;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The group at one moment, as Compute Engine's API tells it.
 *
 * @param stable nothing is being created, verified or deleted
 * @param reached every instance is meant to have the version that the group is meant to have
 * @param instances all of them
 */
public record GroupState(boolean stable, boolean reached, List<Instance> instances) {
  /** Keeps a copy of the list. */
  public GroupState {
    instances = List.copyOf(instances);
  }

  /** Whether it is at rest, and every instance of this template serves. */
  public boolean runsEverywhere(String template) {
    return stable
        && reached
        && instances.size() == Names.GROUP_SIZE
        && serving(template) == Names.GROUP_SIZE;
  }

  /** How many instances of this template run and are healthy. */
  public int serving(String template) {
    return (int)
        instances.stream().filter(i -> i.template().equals(template) && i.serves()).count();
  }

  /** How many instances do not have this template. */
  public int others(String template) {
    return (int) instances.stream().filter(i -> !i.template().equals(template)).count();
  }

  /**
   * One instance.
   *
   * @param template the name of the template it is meant to have; empty while it is deleted
   * @param action what the group is doing to it, {@code NONE} at rest
   * @param running whether the machine runs
   * @param healthy whether its health check says so
   */
  public record Instance(String template, String action, boolean running, boolean healthy) {
    /** Reads an element of the listManagedInstances answer. */
    public static Instance of(JsonObject json) {
      JsonObject version = json.has("version") ? json.getAsJsonObject("version") : new JsonObject();
      return new Instance(
          ComputeClient.lastSegment(text(version, "instanceTemplate")),
          text(json, "currentAction"),
          text(json, "instanceStatus").equals("RUNNING"),
          isHealthy(json));
    }

    /** Whether it runs, is healthy and is left alone. */
    public boolean serves() {
      return running && healthy && action.equals("NONE");
    }

    private static boolean isHealthy(JsonObject json) {
      if (!json.has("instanceHealth")) {
        return false;
      }
      for (JsonElement health : json.getAsJsonArray("instanceHealth")) {
        if (!text(health.getAsJsonObject(), "detailedHealthState").equals("HEALTHY")) {
          return false;
        }
      }
      return !json.getAsJsonArray("instanceHealth").isEmpty();
    }

    private static String text(JsonObject json, String field) {
      return json.has(field) ? json.get(field).getAsString() : "";
    }
  }
}
