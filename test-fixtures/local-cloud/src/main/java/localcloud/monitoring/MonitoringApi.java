package localcloud.monitoring;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.monitoring.v3.AlertPolicy;
import com.google.monitoring.v3.Snooze;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.FieldMaskUtil.MergeOptions;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import localcloud.access.Grants;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.compute.Json;
import localcloud.world.refusals.ApiException;

/** Cloud Monitoring's JSON API v3: a call in, an answer out. */
public final class MonitoringApi {
  private final Monitoring monitoring;

  /** Serves these policies and their alerts. */
  public MonitoringApi(Monitoring monitoring) {
    this.monitoring = monitoring;
  }

  /** Never throws for what a caller can do wrong. */
  public ApiAnswer answer(ApiCall call) {
    try {
      Route.Match match =
          Route.find(call.verb(), call.path())
              .orElseThrow(
                  () ->
                      new ApiException(
                          501, "notImplemented", "The local cloud does not have " + call.path()));
      permit(match.route(), call);
      return new ApiAnswer(200, answer(match, call), Optional.empty());
    } catch (ApiException refused) {
      Optional<String> unknown =
          refused.code() == 501 ? Optional.ofNullable(refused.getMessage()) : Optional.empty();
      return new ApiAnswer(refused.code(), refused.statusEnvelope(), unknown);
    }
  }

  /** The text is that of dynatrace-oss/dynatrace-gcp-monitor#25. */
  private static void permit(Route route, ApiCall call) {
    route
        .needs()
        .forEach(
            need -> {
              if (!call.caller().may(need.permission(), Grants.PROJECT)) {
                String text =
                    "Permission " + need.permission() + " denied (or the resource may not exist).";
                throw new ApiException(403, "forbidden", text);
              }
            });
  }

  private String answer(Route.Match match, ApiCall call) {
    String name = match.name();
    return switch (match.route()) {
      case POLICIES_LIST -> printed("alertPolicies", monitoring.policies(), call);
      case POLICIES_GET -> Json.print(monitoring.policy(name));
      case POLICIES_CREATE -> Json.print(monitoring.create(policy(call)));
      case POLICIES_PATCH -> Json.print(monitoring.update(name, changed(call, policy(call))));
      case POLICIES_DELETE -> {
        monitoring.delete(name);
        yield "{}";
      }
      case ALERTS_LIST ->
          Lists.page("alerts", Lists.alerts(monitoring.alerts(), call), call).toString();
      case ALERTS_GET -> monitoring.alert(name).json().toString();
      case SNOOZES_LIST -> printed("snoozes", Lists.snoozes(monitoring.snoozes(), call), call);
      case SNOOZES_GET -> Json.print(monitoring.snoozeNamed(name));
      case SNOOZES_CREATE -> Json.print(monitoring.snooze(snooze(call)));
      case SNOOZES_PATCH -> Json.print(monitoring.updateSnooze(name, changed(call, snooze(call))));
      case TIME_SERIES_LIST -> TimeSeries.of(call.query(), monitoring).toString();
    };
  }

  private static String printed(String key, Collection<? extends Message> all, ApiCall call) {
    List<JsonObject> items =
        all.stream().map(one -> JsonParser.parseString(Json.print(one)).getAsJsonObject()).toList();
    return Lists.page(key, items, call).toString();
  }

  private static AlertPolicy policy(ApiCall call) {
    AlertPolicy.Builder policy = AlertPolicy.newBuilder();
    Json.parse(body(call), policy);
    return policy.build();
  }

  private static Snooze snooze(ApiCall call) {
    Snooze.Builder snooze = Snooze.newBuilder();
    Json.parse(body(call), snooze);
    return snooze.build();
  }

  private static JsonObject body(ApiCall call) {
    try {
      JsonElement json = JsonParser.parseString(new String(call.body(), StandardCharsets.UTF_8));
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException noJson) {
      // Told below.
    }
    throw new ApiException(400, "badRequest", "Invalid JSON payload received.");
  }

  /** What the mask names is taken over, or all of it without one. */
  @SuppressWarnings("unchecked")
  private static <T extends Message> UnaryOperator<T> changed(ApiCall call, T wanted) {
    String mask = call.query().getOrDefault("updateMask", "");
    return now -> {
      if (mask.isEmpty()) {
        return wanted;
      }
      Message.Builder next = now.toBuilder();
      MergeOptions whole =
          new MergeOptions().setReplaceMessageFields(true).setReplaceRepeatedFields(true);
      FieldMaskUtil.merge(FieldMaskUtil.fromJsonString(mask), wanted, next, whole);
      return (T) next.build();
    };
  }
}
