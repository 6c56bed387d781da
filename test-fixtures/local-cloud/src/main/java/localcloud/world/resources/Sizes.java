package localcloud.world.resources;

import com.google.cloud.compute.v1.FixedOrPercent;
import localcloud.world.refusals.Refusals;

/** The rule for what is a number of instances or a percentage of a group's: FixedOrPercent. */
public final class Sizes {
  private Sizes() {}

  /** Refuses all but one of the two, and a possible one. */
  public static void check(String field, FixedOrPercent size) {
    boolean possible =
        size.hasPercent()
            ? !size.hasFixed() && size.getPercent() >= 0 && size.getPercent() <= 100
            : size.getFixed() >= 0;
    if (!possible) {
      throw Refusals.invalid(
          field, text(size), "Either fixed from 0 or percent from 0 to 100 must be set.");
    }
  }

  /** As Google's error texts show it. */
  public static String text(FixedOrPercent value) {
    return value.hasPercent()
        ? "{  \"percent\": " + value.getPercent() + "}"
        : "{  \"fixed\": " + value.getFixed() + "}";
  }
}
