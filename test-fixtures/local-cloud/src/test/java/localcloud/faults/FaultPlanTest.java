package localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {
  @Test
  void withoutASeedItIsZero() throws BadFaults {
    assertThat(FaultPlan.parse("{\"rules\": []}").seed()).isZero();
    assertThat(FaultPlan.parse("{\"seed\": -3, \"rules\": []}").seed()).isEqualTo(-3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the faults: expected a JSON object, found []",
        "{'seed':1} | rules: expected a list, found none",
        "{'seed':1.5,'rules':[]} | seed: expected a whole number from -9223372036854775808 to"
            + " 9223372036854775807, found 1.5",
        "{'rules':[],'rule':1} | the faults: expected no keys but [rules, seed], found 'rule'",
        "{'rules':[7]} | rules[0]: expected a JSON object, found 7",
        "{'rules':[{}]} | rules[0].on: expected one of"
            + " [call, creation, delivery, event, machine, operation], found nothing",
        "{'rules':[{'on':'call','do':'explode'}]} | rules[0].do: expected one of"
            + " [answer, cut-answer, cut-request, delay, hold-after, hold-before, lose, refuse,"
            + " reset], found explode",
        "{'rules':[{'on':'call','do':'hold-after'}]} | rules[0].then: expected one of"
            + " [answer, end], found nothing",
        "{'rules':[{'on':'call','do':'answer'}]} | rules[0].status: expected a whole number"
            + " from 100, found nothing",
        "{'rules':[{'on':'call','do':'answer','status':404}]} | rules[0].status: expected one of"
            + " [408, 429, 500, 502, 503, 504], found 404",
        "{'rules':[{'on':'call','do':'refuse','status':503}]} | rules[0].status: expected a whole"
            + " number from 400 to 499, found 503",
        "{'rules':[{'on':'call','do':'refuse','status':412}]} | rules[0].reason: expected"
            + " Google's reason, such as conditionNotMet, found nothing",
        "{'rules':[{'on':'call','do':'refuse','status':412,'reason':'x'}]} | rules[0].message:"
            + " expected Google's sentence, found nothing",
        "{'rules':[{'on':'call','do':'refuse','as':'mood'}]} | rules[0].as: expected one of"
            + " [kms-key-disabled, kms-permission, organization-policy, retention-policy], found"
            + " mood",
        "{'rules':[{'on':'machine','do':'preempt','afterSeconds':[3,2]}]} |"
            + " rules[0].afterSeconds: expected the lesser of the two first, found [3,2]",
        "{'rules':[{'on':'call','do':'reset','status':503}]} | rules[0]: expected no keys but"
            + " [atMost, caller, delaySeconds, do, every, method, name, nth, on, probability,"
            + " resource], found 'status'",
        "{'rules':[{'on':'call','do':'reset','probability':7}]} | rules[0].probability: expected"
            + " a number from 0 to 1, found 7",
        "{'rules':[{'on':'call','do':'reset','nth':0}]} | rules[0].nth: expected a whole number"
            + " from 1 to 1000000, found 0",
        "{'rules':[{'on':'call','do':'reset','nth':1,'every':2}]} | rules[0].nth: expected one of"
            + " nth, every and probability, found 2 of them",
        "{'rules':[{'on':'call','do':'reset','method':'Images.Isnert'}]} | rules[0].method:"
            + " expected a method of Google's, such as Images.Insert or storage.objects.*, found"
            + " Images.Isnert",
        "{'rules':[{'on':'call','do':'reset','method':3}]} | rules[0].method: expected a text,"
            + " found 3",
        "{'rules':[{'on':'operation','do':'fail'}]} | rules[0].code: expected a code such as"
            + " QUOTA_EXCEEDED, found nothing",
        "{'rules':[{'on':'operation','do':'fail','code':'X'}]} | rules[0].message: expected a"
            + " text, since none is known of this code, found none",
        "{'rules':[{'on':'event','do':'late','lateSeconds':[9,1]}]} | rules[0].lateSeconds:"
            + " expected the lesser of the two first, found [9,1]",
        "{'rules':[{'on':'machine','do':'die'}]} | rules[0].afterSeconds: expected a whole number"
            + " from 0, found nothing",
        "{'rules':[{'on':'machine','do':'never-healthy','name':'a'},{'on':'machine',"
            + "'do':'never-healthy','name':'a'}]} | rules[1].name: expected a name of its own,"
            + " found a",
      })
  void whatCannotBeIsToldByKeyExpectationAndFind(String json, String sentence) {
    assertThatThrownBy(() -> FaultPlan.parse(json.replace('\'', '"')))
        .isInstanceOf(BadFaults.class)
        .hasMessage(sentence);
  }

  @Test
  void whatIsNoJsonIsToldSo() {
    assertThatThrownBy(() -> FaultPlan.parse("{\"rules\": [}"))
        .isInstanceOf(BadFaults.class)
        .hasMessageStartingWith("the faults: expected JSON, found ");
  }
}
