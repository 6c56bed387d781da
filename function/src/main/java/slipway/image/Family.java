package slipway.image;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import slipway.fault.Actor;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.time.CallOver;

/**
 * A target's image family, which names its last known good image: Compute's {@code getFromFamily}
 * gives the newest member that is not deprecated.
 */
public final class Family {
  private final Images images;

  public Family(Images images) {
    this.images = images;
  }

  /**
   * Lets the family of this name mean this image. Members made later are deprecated; older ones
   * stay as they are, so that a hand-made deprecation of this one falls back to the one before.
   *
   * <p>A call that stood still may go on when a later image has the family. Compute takes no
   * precondition for this, so one that stands still between the question and the change, for longer
   * than a whole deployment takes, still does harm: until the next deployment's end.
   *
   * @param isLastGood asked before each change; once it is false, nothing more is changed
   * @throws Misconfigured if Compute refuses it, or a quota stands in the way
   * @throws IOException if Compute failed in a way that may pass
   */
  public void promote(Image image, String family, BooleanSupplier isLastGood)
      throws IOException, CallOver {
    try {
      change(image, family, isLastGood);
    } catch (OperationFailed failed) {
      if (failed.actor() == Actor.RETRY) {
        throw failed;
      }
      throw failed.misconfigured(
          new OperationFailed.Step(
              "family-refused",
              "family " + family,
              "Compute Engine to let it mean " + image.name()),
          "Fix the problem that Google's message names.",
          "Then: gcloud compute images update " + image.name() + " --family=" + family);
    }
  }

  private void change(Image image, String family, BooleanSupplier isLastGood)
      throws IOException, CallOver {
    if (isLastGood.getAsBoolean()) {
      images.activate(image.name(), family);
    }
    for (Images.Facts other : images.active(family)) {
      if (other.createdAt().isAfter(image.createdAt()) && isLastGood.getAsBoolean()) {
        images.deprecate(other.name(), image.url(), null);
      }
    }
  }
}
