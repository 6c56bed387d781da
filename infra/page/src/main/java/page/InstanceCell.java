package page;

import com.google.gson.JsonObject;
import java.util.Locale;

/**
 * One instance as it is shown.
 *
 * @param path its link's, from {@code projects/} on
 * @param template the name of what it runs or is made of; empty if nobody can tell any more
 * @param phase where it stands in its life
 * @param health what its health check says: HEALTHY, UNHEALTHY, ..., empty if it is not asked
 * @param error why it could not be made; empty if nothing failed
 */
record InstanceCell(String path, String template, Phase phase, String health, String error) {
  /** The stations of an instance's life, in order. */
  enum Phase {
    CREATING,
    VERIFYING,
    SERVING,
    DRAINING,
    DELETING
  }

  /**
   * Reads what listManagedInstances tells.
   *
   * @param before the template that this instance was told to have the last time, for when it is
   *     not told: Compute Engine tells no version of an instance that goes
   */
  static InstanceCell of(JsonObject member, String before) {
    JsonObject version = Json.object(member, "version");
    boolean told = member.has("version");
    boolean machine = !Json.text(member, "instanceStatus").isEmpty();
    return new InstanceCell(
        Json.path(Json.text(member, "instance")),
        told || !machine ? Json.last(Json.text(version, "instanceTemplate")) : before,
        phase(member),
        Json.objects(member, "instanceHealth").stream()
            .map(health -> Json.text(health, "detailedHealthState"))
            .findFirst()
            .orElse(""),
        Json.objects(Json.object(Json.object(member, "lastAttempt"), "errors"), "errors").stream()
            .map(error -> Json.text(error, "code") + ": " + Json.text(error, "message"))
            .findFirst()
            .orElse(""));
  }

  /**
   * An instance that is to go, or to be made anew, runs on while its last requests are answered.
   */
  private static Phase phase(JsonObject member) {
    String status = Json.text(member, "instanceStatus");
    return switch (Json.text(member, "currentAction")) {
      case "NONE" -> Phase.SERVING;
      case "VERIFYING" -> Phase.VERIFYING;
      case "DELETING" -> status.equals("RUNNING") ? Phase.DRAINING : Phase.DELETING;
      case "RECREATING" ->
          switch (status) {
            case "RUNNING" -> Phase.DRAINING;
            case "STOPPING" -> Phase.DELETING;
            default -> Phase.CREATING;
          };
      default -> Phase.CREATING;
    };
  }

  boolean healthy() {
    return health.equals("HEALTHY");
  }

  String zone() {
    int start = path.indexOf("/zones/") + "/zones/".length();
    return path.substring(start, path.indexOf('/', start));
  }

  JsonObject json(String group) {
    JsonObject cell = new JsonObject();
    cell.addProperty("group", group);
    cell.addProperty("name", Json.last(path));
    cell.addProperty("zone", zone());
    cell.addProperty("template", template);
    cell.addProperty("phase", phase.name().toLowerCase(Locale.ROOT));
    cell.addProperty("health", health);
    cell.addProperty("error", error);
    return cell;
  }
}
