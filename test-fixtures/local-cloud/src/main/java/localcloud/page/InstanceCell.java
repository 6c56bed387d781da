package localcloud.page;

import com.google.cloud.compute.v1.ManagedInstance;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.function.UnaryOperator;
import localcloud.world.places.Links;

/**
 * One instance as it is shown.
 *
 * @param link its full link
 * @param template the name of what it runs or is made of; empty if nobody can tell any more
 * @param phase where it stands in its life
 * @param health what its health check says: HEALTHY, UNHEALTHY, ..., empty if it is not asked
 * @param error why it could not be made; empty if nothing failed
 */
record InstanceCell(String link, String template, Phase phase, String health, String error) {
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
   * @param running the template of the machine of this link, for when the group does not tell
   */
  static InstanceCell of(ManagedInstance member, UnaryOperator<String> running) {
    String link = member.getInstance();
    boolean told = member.hasVersion();
    return new InstanceCell(
        link,
        told || !member.hasInstanceStatus()
            ? Links.last(member.getVersion().getInstanceTemplate())
            : running.apply(link),
        phase(member),
        member.getInstanceHealthCount() == 0
            ? ""
            : member.getInstanceHealth(0).getDetailedHealthState(),
        member.getLastAttempt().getErrors().getErrorsList().stream()
            .map(error -> error.getCode() + ": " + error.getMessage())
            .findFirst()
            .orElse(""));
  }

  /**
   * An instance that is to go, or to be made anew, runs on while its last requests are answered.
   */
  private static Phase phase(ManagedInstance member) {
    String status = member.getInstanceStatus();
    return switch (member.getCurrentAction()) {
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
    return zone(link);
  }

  static String zone(String link) {
    int start = link.indexOf("/zones/") + "/zones/".length();
    return link.substring(start, link.indexOf('/', start));
  }

  JsonObject json(String group) {
    JsonObject cell = new JsonObject();
    cell.addProperty("group", group);
    cell.addProperty("name", Links.last(link));
    cell.addProperty("zone", zone());
    cell.addProperty("template", template);
    cell.addProperty("phase", phase.name().toLowerCase(Locale.ROOT));
    cell.addProperty("health", health);
    cell.addProperty("error", error);
    return cell;
  }
}
