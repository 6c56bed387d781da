package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;

class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "400, invalid,               refused",
    "400, resourceNotReady,      passes",
    "403, forbidden,             misconfigured",
    "403, accessNotConfigured,   misconfigured",
    "403, rateLimitExceeded,     passes",
    "403, userRateLimitExceeded, passes",
    "403, quotaExceeded,         quota",
    "404, notFound,              passes",
    "429, rateLimitExceeded,     passes",
    "503, backendError,          passes",
  })
  void decidesByStatusAndReason(int status, String reason, String meaning) {
    Throwable raised = catchThrowable(() -> Refusal.of(status, body(reason)).raise("image x"));

    switch (meaning) {
      case "passes" -> assertThat(raised).isNull();
      case "misconfigured" ->
          assertThat(raised).isInstanceOf(Misconfigured.class).hasMessageContaining("Google says");
      default ->
          assertThat(raised)
              .isInstanceOfSatisfying(
                  OperationFailed.class,
                  failed -> {
                    assertThat(failed.isQuota()).isEqualTo(meaning.equals("quota"));
                    assertThat(failed.isRefusal()).isEqualTo(meaning.equals("refused"));
                    assertThat(failed).hasMessage("Google says no.");
                  });
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "<html>", "{}", "[]", "{\"error\": \"text\"}", "{\"error\": {\"errors\": []}}"})
  void takesABodyOfAnotherFormAsItIs(String body) {
    assertThat(Refusal.of(502, body)).isEqualTo(new Refusal(502, "", body));
    assertThatCode(() -> Refusal.of(502, body).raise("image x")).doesNotThrowAnyException();
  }

  @Test
  void readingIsForbiddenOnlyByA403ThatLasts() {
    assertThatCode(() -> Refusal.of(400, body("invalid")).raiseIfForbidden("image x"))
        .doesNotThrowAnyException();
    assertThat(catchThrowable(() -> Refusal.of(403, body("forbidden")).raiseIfForbidden("x")))
        .isInstanceOf(Misconfigured.class);
  }

  private static String body(String reason) {
    return "{\"error\": {\"message\": \"Google says no.\", \"errors\": [{\"reason\": \""
        + reason
        + "\"}]}}";
  }
}
