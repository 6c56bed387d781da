package slipway.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a group took from its patch until all that it was about were new and healthy.
 *
 * @param canarySeconds for a canary, or null if that is not known
 * @param wholeSeconds for all that a canary had left, or null if that is not known
 */
public record Took(@Nullable Long canarySeconds, @Nullable Long wholeSeconds) {
  static Took of(Rollout rollout, Duration duration) {
    long seconds = duration.toSeconds();
    return rollout.isWhole() ? new Took(null, seconds) : new Took(seconds, null);
  }

  /** Where it says nothing, what the other says. */
  Took or(@Nullable Took other) {
    return other == null
        ? this
        : new Took(
            canarySeconds == null ? other.canarySeconds : canarySeconds,
            wholeSeconds == null ? other.wholeSeconds : wholeSeconds);
  }

  @Nullable Long secondsOf(Rollout rollout) {
    return rollout.isWhole() ? wholeSeconds : canarySeconds;
  }
}
