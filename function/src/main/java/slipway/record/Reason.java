package slipway.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why it stands where it stands.
 *
 * @param code for machines, or null while there is nothing to say
 * @param message for people
 * @param nextStep what to do
 * @param consoles names of saved serial consoles
 */
public record Reason(
    @Nullable String code,
    @Nullable String message,
    @Nullable String nextStep,
    List<String> consoles)
    implements DeploymentRecord.Part {
  static final Reason NONE = new Reason(null, null, null, List.of());

  /** A reason without consoles. */
  public static Reason of(String code, String message, @Nullable String nextStep) {
    return new Reason(code, message, nextStep, List.of());
  }
}
