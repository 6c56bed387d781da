package slipway.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment stands where it stands; the record calls it its verdict.
 *
 * @param code for machines, lower case with hyphens; null while there is nothing to say
 * @param message for people
 * @param nextStep what to do, a command where there is one; null if there is nothing to do
 * @param consoles URLs of saved serial consoles
 */
public record Explanation(
    @Nullable String code,
    @Nullable String message,
    @Nullable String nextStep,
    List<String> consoles)
    implements DeploymentRecord.Part {
  public static final Explanation NONE = new Explanation(null, null, null, List.of());

  /** Without consoles. */
  public static Explanation of(String code, String message, @Nullable String nextStep) {
    return new Explanation(code, message, nextStep, List.of());
  }
}
