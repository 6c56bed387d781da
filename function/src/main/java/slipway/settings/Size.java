package slipway.settings;

import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * A number of instances, or a share of the group, as Compute's {@code FixedOrPercent} has it.
 *
 * @param value instances, or hundredths of the group's target size
 * @param percent whether it is a share
 */
public record Size(int value, boolean percent) {
  private static final int MOST_INSTANCES = 1000;

  /** Reads {@code 3}, {@code "3"} or {@code "20%"}; empty if it is none of these or too large. */
  static Optional<Size> of(JsonPrimitive json) {
    return of(json.getAsString());
  }

  /** Reads {@code 3} or {@code 20%}, as {@link #toString} writes them; empty if it is neither. */
  public static Optional<Size> of(String text) {
    boolean percent = text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("[0-9]{1,4}")) {
      return Optional.empty();
    }
    int value = Integer.parseInt(digits);
    return value > (percent ? 100 : MOST_INSTANCES)
        ? Optional.empty()
        : Optional.of(new Size(value, percent));
  }

  /** How many of so many instances; a share is rounded up, as Compute does for a version. */
  public int of(int instances) {
    return percent ? (value * instances + 99) / 100 : value;
  }

  @Override
  public String toString() {
    return percent ? value + "%" : Integer.toString(value);
  }
}
