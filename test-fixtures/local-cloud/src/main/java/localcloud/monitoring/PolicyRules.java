package localcloud.monitoring;

import com.google.monitoring.v3.AlertPolicy;
import com.google.monitoring.v3.AlertPolicy.ConditionCombinerType;
import com.google.protobuf.BoolValue;
import java.util.function.Supplier;
import localcloud.world.refusals.ApiException;

/** What Google asks of an alert policy, and what it adds to one. */
final class PolicyRules {
  private static final int MOST_CONDITIONS = 6;

  private PolicyRules() {}

  static void check(AlertPolicy policy) {
    int conditions = policy.getConditionsCount();
    if (policy.getDisplayName().isEmpty()) {
      throw invalid("display_name had an invalid value of \"\": must not be empty.");
    }
    if (conditions == 0 || conditions > MOST_CONDITIONS) {
      throw invalid("conditions had an invalid value: must have one to six conditions.");
    }
    if (policy.getCombiner() == ConditionCombinerType.COMBINE_UNSPECIFIED) {
      throw invalid("combiner had an invalid value of \"COMBINE_UNSPECIFIED\": must be set.");
    }
  }

  private static ApiException invalid(String what) {
    return new ApiException(400, "badRequest", "Field alert_policy." + what);
  }

  /** With names for itself and each condition that has none, and enabled unless told otherwise. */
  static AlertPolicy named(AlertPolicy policy, String name, Supplier<String> ids) {
    AlertPolicy.Builder named = policy.toBuilder().setName(name);
    if (!policy.hasEnabled()) {
      named.setEnabled(BoolValue.of(true));
    }
    named
        .getConditionsBuilderList()
        .forEach(
            condition -> {
              if (!condition.getName().startsWith(name + "/conditions/")) {
                condition.setName(name + "/conditions/" + ids.get());
              }
            });
    return named.build();
  }
}
