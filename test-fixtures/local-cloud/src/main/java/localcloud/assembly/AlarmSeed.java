package localcloud.assembly;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes two alert policies on the load balancer, as infra/modules/group does, through the API. */
public final class AlarmSeed {
  private static final String PATH = "/v3/projects/" + Names.PROJECT + "/alertPolicies";
  private static final String METRIC = "loadbalancing.googleapis.com/https/";

  private final Api api;

  public AlarmSeed(Api api) {
    this.api = api;
  }

  /** Returns what they are called. */
  public List<String> plant() throws IOException, InterruptedException {
    List<String> called = new ArrayList<>();
    for (JsonObject policy : List.of(errors(), latency())) {
      called.add(api.post(PATH, policy).get("displayName").getAsString());
    }
    return called;
  }

  private static JsonObject errors() {
    String requests = filter("request_count");
    JsonObject condition = condition("REDUCE_SUM", "ALIGN_RATE", 0.05);
    condition.addProperty("filter", requests + " AND metric.labels.response_code_class=500");
    condition.addProperty("denominatorFilter", requests);
    condition.add("denominatorAggregations", condition.get("aggregations"));
    return policy("share of 5xx", condition);
  }

  private static JsonObject latency() {
    JsonObject condition = condition("REDUCE_PERCENTILE_95", "ALIGN_DELTA", 2000);
    condition.addProperty("filter", filter("backend_latencies"));
    return policy("latency", condition);
  }

  private static String filter(String metric) {
    return "metric.type=\"" + METRIC + metric + "\" AND resource.type=\"https_lb_rule\"";
  }

  private static JsonObject condition(String reducer, String aligner, double limit) {
    JsonObject aggregation = new JsonObject();
    aggregation.addProperty("alignmentPeriod", "60s");
    aggregation.addProperty("perSeriesAligner", aligner);
    aggregation.addProperty("crossSeriesReducer", reducer);
    JsonArray aggregations = new JsonArray();
    aggregations.add(aggregation);
    JsonObject condition = new JsonObject();
    condition.add("aggregations", aggregations);
    condition.addProperty("comparison", "COMPARISON_GT");
    condition.addProperty("thresholdValue", limit);
    condition.addProperty("duration", "60s");
    condition.addProperty("evaluationMissingData", "EVALUATION_MISSING_DATA_INACTIVE");
    return condition;
  }

  private static JsonObject policy(String name, JsonObject threshold) {
    JsonObject condition = new JsonObject();
    condition.addProperty("displayName", name);
    condition.add("conditionThreshold", threshold);
    JsonArray conditions = new JsonArray();
    conditions.add(condition);
    JsonObject policy = new JsonObject();
    policy.addProperty("displayName", name);
    policy.addProperty("combiner", "OR");
    policy.add("conditions", conditions);
    return policy;
  }
}
