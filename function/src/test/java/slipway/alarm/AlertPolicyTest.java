package slipway.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.settings.AlertPolicyPath;

class AlertPolicyTest {
  private static final AlertPolicyPath PATH = new AlertPolicyPath("demo", "101");

  /** A condition, and how much its lag is above that of any metric. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'conditionThreshold': {}} | 0",
        "{'conditionThreshold': {'duration': '0s'}} | 0",
        "{'conditionThreshold': {'duration': '120s', 'aggregations': [{'alignmentPeriod': '60s'}]}}"
            + " | 180",
        "{'conditionThreshold': {'duration': '0.5s', 'aggregations': [{'alignmentPeriod': '60s'}]}}"
            + " | 60.5",
        "{'conditionThreshold': {'duration': '0s', 'aggregations': [{'alignmentPeriod': '60s'},"
            + " {'alignmentPeriod': '300s'}]}} | 360",
        "{'conditionThreshold': {'aggregations': [{'alignmentPeriod': '60s'}],"
            + " 'denominatorAggregations': [{'alignmentPeriod': '120s'}]}} | 120",
        "{'conditionAbsent': {'duration': '600s', 'aggregations': [{'alignmentPeriod': '60s'}]}}"
            + " | 660",
        "{'conditionMatchedLog': {'filter': 'severity>=ERROR'}} | 0",
        "{'conditionPrometheusQueryLanguage': {'query': 'up == 0', 'duration': '60s',"
            + " 'evaluationInterval': '30s'}} | 90",
        "{'conditionPrometheusQueryLanguage': {'query':"
            + " 'rate(a[5m]) / rate(b[1h30m:1m]) > 0.1'}} | 5400",
        "{'conditionPrometheusQueryLanguage': {'query':"
            + " 'rate(a{code=~\"5[0-9]{2}\",b=~`[x]`}[2m]) > 0.1'}} | 120",
      })
  void isAsLateAsItsSlowestCondition(String condition, double more) {
    AlertPolicy policy = policy("[" + condition + ", {'conditionMatchedLog': {}}]", "");

    assertThat(policy.fault()).isNull();
    assertThat(policy.lag()).isEqualTo(Duration.ofMillis(270_000 + (long) (1000 * more)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{'conditionThreshold': {}} | | -",
        "{'conditionThreshold': {}} | , 'enabled': true, 'validity': {} | -",
        "{'conditionThreshold': {}} | , 'enabled': false | a disabled one",
        "{'conditionThreshold': {}} | , 'validity': {'code': 3, 'message': 'no such metric'}"
            + " | one that Monitoring calls invalid: no such metric",
        "{'displayName': 'c', 'conditionMonitoringQueryLanguage': {'query': 'fetch'}} |"
            + " | the condition c of it",
        "{'displayName': 'c', 'conditionSql': {}} | | the condition c of it",
        "{'displayName': 'c', 'conditionThreshold': {'duration': 'soon'}} |"
            + " | the condition c of it",
        "{'displayName': 'c', 'conditionPrometheusQueryLanguage': {'query': 'rate(a[$x])'}} |"
            + " | the condition c of it",
      })
  void isOfNoUseIfItOpensNothingOrNobodyKnowsWhen(String condition, String more, String fault) {
    assertThat(policy("[" + condition + "]", more == null ? "" : more).fault()).isEqualTo(fault);
  }

  @Test
  void isCalledByItsNameAndWasChangedWhenItWasLast() {
    AlertPolicy policy =
        policy(
            "[]",
            """
            , 'displayName': 'share of 5xx',
              'creationRecord': {'mutateTime': '2026-11-01T00:00:00Z'},
              'mutationRecord': {'mutateTime': '2026-11-02T00:00:00Z'}
            """);

    assertThat(policy).hasToString("\"share of 5xx\" (projects/demo/alertPolicies/101)");
    assertThat(policy.changedAt()).isEqualTo(Instant.parse("2026-11-02T00:00:00Z"));
  }

  private static AlertPolicy policy(String conditions, String more) {
    String json = "{'conditions': " + conditions + more + "}";
    return AlertPolicy.of(PATH, JsonParser.parseString(json).getAsJsonObject());
  }
}
