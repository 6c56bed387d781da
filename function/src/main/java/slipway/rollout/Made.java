package slipway.rollout;

import com.google.gson.annotations.SerializedName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.settings.TemplatePath;

/**
 * What an ended deployment made in Compute Engine, or used again, and what may still be there.
 *
 * @param deployment its id
 * @param fate how it ended
 * @param since when
 * @param image the image that it made or used again
 * @param sha256 of the tarball
 * @param templates that it made
 * @param deleteAfter when the image may be deleted, or null if that is not intended
 */
public record Made(
    String deployment,
    Fate fate,
    Instant since,
    ImageName image,
    Sha256 sha256,
    List<TemplatePath> templates,
    @Nullable Instant deleteAfter) {

  /** How a deployment ended, as far as what it made is concerned. */
  public enum Fate {
    /** Its image was seen to serve well. */
    @SerializedName("good")
    GOOD,
    /** It made room for a later upload. */
    @SerializedName("overtaken")
    OVERTAKEN,
    /** Any other way. */
    @SerializedName("unused")
    UNUSED
  }

  /** Whether its image served well. */
  public boolean isGood() {
    return fate == Fate.GOOD;
  }

  /** Whether this image was made by this very deployment, and not used again. */
  public boolean isOwnImage() {
    return image.value().equals(deployment);
  }

  /** The same with another time of its image's end, or none. */
  public Made deletedAfter(@Nullable Instant time) {
    return new Made(deployment, fate, since, image, sha256, templates, time);
  }

  /** The same with these templates. */
  public Made with(List<TemplatePath> left) {
    return new Made(deployment, fate, since, image, sha256, left, deleteAfter);
  }

  /** Of those that used this image well, the latest; empty if none did. */
  public static Optional<Made> latestGood(List<Made> all, ImageName image) {
    return all.stream()
        .filter(one -> one.isGood() && one.image.equals(image))
        .max(Comparator.comparing(Made::since));
  }
}
