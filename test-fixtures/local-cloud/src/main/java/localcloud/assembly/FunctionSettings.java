package localcloud.assembly;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import localcloud.access.Access;

/** The function's environment variables, as an operator sets them and as the platform does. */
public final class FunctionSettings {
  /** The most that the platform allows to a function with an event trigger. */
  public static final int CALL_SECONDS = 540;

  /** The function's, which is its service's in Cloud Run. */
  public static final String NAME = "slipway";

  private FunctionSettings() {}

  /**
   * Takes where the local cloud is and which time it has.
   *
   * @param endpoint such as {@code http://127.0.0.1:8085}
   * @param clock the clock's setting
   */
  public static Map<String, String> of(String endpoint, String clock, Tempo tempo) {
    return of(endpoint, clock, tempo, List.of());
  }

  /**
   * The same for a target that is judged by alarms.
   *
   * @param alarms names of alert policies
   */
  static Map<String, String> of(String endpoint, String clock, Tempo tempo, List<String> alarms) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("PROJECT", Names.PROJECT);
    settings.put("UPLOADS_BUCKET", Names.UPLOADS);
    settings.put("RECORDS_BUCKET", Names.RECORDS);
    settings.put("PRIVATE_BUCKET", Names.PRIVATE);
    settings.put("CALL_SECONDS", Integer.toString(CALL_SECONDS));
    settings.put("STORAGE_ENDPOINT", endpoint);
    settings.put("COMPUTE_ENDPOINT", endpoint);
    settings.put("MONITORING_ENDPOINT", endpoint);
    settings.put("ACCESS_TOKEN", Access.token("function"));
    settings.put("CLOUD_CLOCK", clock);
    settings.put("TARGETS", targets(tempo, alarms).toString());
    // What Cloud Run adds; the first of them switches the framework's JSON log on.
    settings.put("K_SERVICE", NAME);
    settings.put("K_REVISION", NAME + "-00001-loc");
    settings.put("K_CONFIGURATION", NAME);
    return settings;
  }

  private static JsonObject targets(Tempo tempo, List<String> alarms) {
    JsonArray policies = new JsonArray();
    alarms.forEach(policies::add);
    JsonArray groups = new JsonArray();
    groups.add(Names.groupPath());
    JsonObject target = new JsonObject();
    target.addProperty("prefix", Names.TARGET + "-");
    target.add("groups", groups);
    target.addProperty("maxSurge", Integer.toString(tempo.surge()));
    target.addProperty("maxUnavailable", "0");
    target.add("canary", canary(tempo));
    target.addProperty("soakSeconds", tempo.soakSeconds());
    target.addProperty("progressDeadlineSeconds", 600);
    target.addProperty("totalDeadlineSeconds", 7200);
    target.addProperty("maxDiskGib", 10);
    target.add("alarms", policies);
    target.addProperty("unchecked", false);
    JsonObject targets = new JsonObject();
    targets.add(Names.TARGET, target);
    return targets;
  }

  private static JsonObject canary(Tempo tempo) {
    JsonObject canary = new JsonObject();
    canary.addProperty("size", Integer.toString(tempo.canary()));
    canary.addProperty("soakSeconds", tempo.soakSeconds());
    return canary;
  }
}
