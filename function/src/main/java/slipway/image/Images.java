package slipway.image;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.settings.ImageSettings;
import slipway.time.CallOver;

/** The project's images. */
public interface Images {
  /** The image of this name. */
  Optional<Facts> find(ImageName name);

  /**
   * Makes the image and returns when it is made; one of that name that is already there is left as
   * it is, so look at it afterwards.
   *
   * @throws OperationFailed if Compute refuses it
   * @throws CallOver if the call's time ends first; the image may come to be all the same
   */
  void insert(Draft draft) throws IOException, CallOver;

  /** The images that are named as those of this target's deployments are. */
  List<Facts> namedFor(String target);

  /** The images of a family that are not deprecated. */
  List<Facts> active(String family);

  /** Makes the image a member of the family that is not deprecated. */
  void activate(ImageName name, String family) throws IOException, CallOver;

  /**
   * Marks the image as deprecated: it can still be used, and its family passes it over.
   *
   * @param replacement the URL of the image to use instead
   * @param deleteAfter when it may be deleted, for people to read; null if that is not intended
   */
  void deprecate(ImageName name, String replacement, @Nullable Instant deleteAfter)
      throws IOException, CallOver;

  /**
   * Deletes the image; one that is gone is no error.
   *
   * @throws OperationFailed if Compute refuses it
   * @throws CallOver if the call's time ends first; it may be deleted all the same
   */
  void delete(ImageName name) throws IOException, CallOver;

  /** How far an image has come. */
  enum Status {
    /** It is being made. */
    PENDING,
    /** It can be booted. */
    READY,
    /** It will never be. */
    FAILED
  }

  /**
   * What Compute says of an image.
   *
   * @param name its name
   * @param url its full URL
   * @param status how far it has come
   * @param labels all of them
   * @param createdAt when it was made
   * @param deleteAfter when it may be deleted, as its deprecation says; null if that is not
   *     intended
   * @param settings what it says of itself, its labels too
   */
  record Facts(
      ImageName name,
      String url,
      Status status,
      Map<String, String> labels,
      Instant createdAt,
      @Nullable Instant deleteAfter,
      ImageSettings settings) {}

  /**
   * An image to be made.
   *
   * @param name its name
   * @param source the tarball's URL
   * @param settings what it says of itself, all of its labels too
   */
  record Draft(ImageName name, String source, ImageSettings settings) {}
}
