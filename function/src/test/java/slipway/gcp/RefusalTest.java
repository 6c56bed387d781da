package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fault.Actor;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;

class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "400, invalid,                 OPERATOR,         step",
    "400, resourceNotReady,        RETRY,            step",
    "400, somethingNew,            OPERATOR_UNNAMED, request-refused",
    "403, forbidden,               OPERATOR,         permission-denied",
    "403, accessNotConfigured,     OPERATOR,         api-disabled",
    "403, somethingNew,            OPERATOR,         permission-denied",
    "403, rateLimitExceeded,       RETRY,            step",
    "403, userRateLimitExceeded,   RETRY,            step",
    "403, quotaExceeded,           OPERATOR,         quota",
    "403, retentionPolicyNotMet,   OPERATOR,         retention",
    "404, notFound,                OPERATOR,         not-found",
    "412, conditionNotMet,         OPERATOR,         policy-forbids",
    "418, somethingNew,            OPERATOR_UNNAMED, request-refused",
    "429, rateLimitExceeded,       RETRY,            step",
    "500, somethingNew,            RETRY,            step",
    "503, backendError,            RETRY,            step",
    "412, CONDITION_NOT_MET,       OPERATOR,         policy-forbids",
    "400, INVALID_IMAGE_TAR,       UPLOADER,         image-refused",
    "403, QUOTA_EXCEEDED,          OPERATOR,         quota",
    "0,   SOMETHING_NEW,           RETRY,            step",
    "400, SOMETHING_NEW,           OPERATOR_UNNAMED, request-refused",
  })
  void decidesByTheWordBeforeTheStatus(int status, String reason, Actor actor, String code) {
    OperationFailed failed = Refusal.of(status, body(reason)).failure();

    assertThat(failed.actor()).isEqualTo(actor);
    assertThat(failed).hasMessage("Google says no.");
    assertThat(failed.misconfigured("step", "image x", "to be made", "Mend it.").code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"''", "<html>", "{}", "[]", "{\"error\": \"text\"}", "{\"error\": {\"errors\": []}}"})
  void takesABodyOfAnotherFormAsItIs(String body) {
    assertThat(Refusal.of(502, body)).isEqualTo(new Refusal(502, "", body));
    assertThat(Refusal.of(502, body).failure().actor()).isEqualTo(Actor.RETRY);
  }

  @Test
  void readingIsForbiddenOnlyByA403ThatLasts() {
    assertThatCode(() -> Refusal.of(400, body("invalid")).raiseIfForbidden("image x"))
        .doesNotThrowAnyException();
    assertThatCode(() -> Refusal.of(403, body("rateLimitExceeded")).raiseIfForbidden("image x"))
        .doesNotThrowAnyException();
    assertThat(catchThrowable(() -> Refusal.of(403, body("forbidden")).raiseIfForbidden("x")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("Google says no.");
  }

  private static String body(String reason) {
    return "{\"error\": {\"message\": \"Google says no.\", \"errors\": [{\"reason\": \""
        + reason
        + "\"}]}}";
  }
}
