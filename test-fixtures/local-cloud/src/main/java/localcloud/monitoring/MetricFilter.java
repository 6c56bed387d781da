package localcloud.monitoring;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.monitoring.Metrics.Minute;
import localcloud.world.refusals.ApiException;

/**
 * Which time series a condition reads: {@code metric.type="..." AND resource.type="..." AND
 * metric.labels.response_code_class=500}, of https://cloud.google.com/monitoring/api/v3/filters
 * what equals something.
 *
 * @param counts whether it counts requests; otherwise it measures latencies
 * @param failedOnly whether it counts only those that ended with a 5xx
 * @param here whether the series is that of the balancer that there is
 */
record MetricFilter(boolean counts, boolean failedOnly, boolean here) {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?:AND\\s+)?(metric|resource)\\.(type|labels?\\.\"?(\\w+)\"?)\\s*=\\s*"
              + "(?:\"([^\"]*)\"|([\\w.-]+))");

  private static final String METRIC = "loadbalancing.googleapis.com/https/";

  /**
   * Reads a filter.
   *
   * @param labels of the balancer's resource
   * @throws ApiException 400 if it names no metric and no resource; 501 if the local cloud does not
   *     measure what it asks for
   */
  static MetricFilter of(String filter, Map<String, String> labels) {
    Map<String, String> terms = terms(filter);
    String metric = terms.remove("metric.type");
    String resource = terms.remove("resource.type");
    if (metric == null || resource == null) {
      throw new ApiException(
          400,
          "badRequest",
          "Field alert_policy.conditions[0].condition_threshold.filter had an invalid value of \""
              + filter
              + "\": must specify a restriction on \"resource.type\" in the filter; see"
              + " \"https://cloud.google.com/monitoring/api/resources\" for a list of available"
              + " resource types.");
    }
    String which = metric.startsWith(METRIC) ? metric.substring(METRIC.length()) : "";
    boolean counts = which.equals("request_count") || which.equals("backend_request_count");
    boolean latencies = which.equals("backend_latencies") || which.equals("total_latencies");
    if (!resource.equals("https_lb_rule") || !counts && !latencies) {
      throw missing(filter);
    }
    String codes = terms.remove("metric.response_code_class");
    if (codes != null && (!counts || !codes.equals("500"))) {
      throw missing(filter);
    }
    boolean here = true;
    for (Map.Entry<String, String> term : terms.entrySet()) {
      String label = term.getKey().replaceFirst("^resource\\.", "");
      if (!labels.containsKey(label)) {
        throw missing(filter);
      }
      here &= term.getValue().equals(labels.get(label));
    }
    return new MetricFilter(counts, codes != null, here);
  }

  /** By {@code metric.type}, {@code resource.type}, and the others' names without labels. */
  private static Map<String, String> terms(String filter) {
    Map<String, String> terms = new HashMap<>();
    Matcher term = TERM.matcher(filter);
    int end = 0;
    while (term.find() && term.start() == end) {
      end = term.end();
      String name = term.group(3) == null ? term.group(2) : term.group(3);
      String value = term.group(4) == null ? term.group(5) : term.group(4);
      terms.put(term.group(1) + "." + name, value);
    }
    if (!filter.substring(end).isBlank()) {
      throw missing(filter);
    }
    return terms;
  }

  static ApiException missing(String what) {
    return new ApiException(
        501,
        "notImplemented",
        String.format(Locale.ROOT, "The local cloud evaluates no condition with %s", what));
  }

  /** How many requests of a minute it counts. */
  long count(Minute minute) {
    return !here ? 0 : minute.failed() + (failedOnly ? 0 : minute.answered());
  }
}
