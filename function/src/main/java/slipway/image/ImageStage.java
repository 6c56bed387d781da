package slipway.image;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.artifact.Commands;
import slipway.artifact.UploadGone;
import slipway.artifact.VerifiedArtifact;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.fault.Rejection;
import slipway.settings.ImageSettings;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;

/** Makes the image from a private copy of what was proven. */
public final class ImageStage {
  /** Another call is making the image: look again no more than once in two seconds. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final Images images;
  private final ProvenStore store;
  private final CallTime time;

  public ImageStage(Images images, ProvenStore store, CallTime time) {
    this.images = images;
    this.store = store;
    this.time = time;
  }

  /**
   * Makes the image, or takes the one that an earlier call for the same deployment made.
   *
   * @param begun whether an earlier call may have begun to make it
   * @throws Rejection if the upload is gone or Compute refuses the disk
   * @throws Misconfigured if the name is taken by somebody else's image or the quota is used up
   * @throws IOException if the connection fails, or Compute failed in a way that may pass
   */
  public Image create(Wanted wanted, boolean begun) throws IOException, CallOver {
    Upload upload = wanted.artifact().upload();
    Map<String, String> labels = Labels.of(wanted.target(), wanted.id(), wanted.artifact());
    ImageName name = ImageName.of(wanted.id());
    String copy = copyOf(wanted.id());
    if (!begun || images.find(name).isEmpty()) {
      copy(upload, copy);
      insert(new Images.Draft(name, store.url(copy), wanted.settings().withLabels(labels)), upload);
    }
    return ready(name, labels, upload);
  }

  /**
   * What a deployment wants an image of.
   *
   * @param target the target's name
   * @param id the deployment's
   * @param artifact what the image shall hold
   * @param settings what it shall say of itself
   */
  public record Wanted(
      String target, DeploymentId id, VerifiedArtifact artifact, ImageSettings settings) {}

  /**
   * An image of the same bytes that can be used again, if this deployment has not begun to make its
   * own.
   *
   * @param good names of images of these bytes, the preferred one first; one that may be deleted by
   *     now is passed over
   * @return none that says something else of itself than is wanted
   */
  public Optional<Image> reuse(Wanted wanted, List<ImageName> good) {
    if (good.isEmpty() || images.find(ImageName.of(wanted.id())).isPresent()) {
      return Optional.empty();
    }
    Instant now = time.now();
    return good.stream()
        .flatMap(name -> images.find(name).stream())
        .filter(image -> image.status() == Images.Status.READY)
        .filter(image -> wanted.settings().areMetBy(image.settings()))
        .filter(image -> image.deleteAfter() == null || now.isBefore(image.deleteAfter()))
        .findFirst()
        .map(Image::new);
  }

  /**
   * The image that an earlier call of this deployment made.
   *
   * @throws Misconfigured if somebody deleted it
   */
  public Image made(ImageName name) {
    return images
        .find(name)
        .map(Image::new)
        .orElseThrow(
            () ->
                new Misconfigured(
                    "image-gone",
                    List.of(new Finding("image " + name, "that it is there", "none of that name")),
                    "Upload the tarball again, and leave its image alone."));
  }

  /** Whether there is an image of this deployment's name, however far it has come. */
  public boolean isBegun(DeploymentId id) {
    return images.find(ImageName.of(id)).isPresent();
  }

  /**
   * Deletes the private copy that this deployment made, if it is still there.
   *
   * @throws Misconfigured if Cloud Storage refuses it, as it does where the bucket retains objects
   */
  public void forgetCopy(DeploymentId id) {
    store.delete(copyOf(id));
  }

  private static String copyOf(DeploymentId id) {
    return "proven/" + id + ".tar.gz";
  }

  private void copy(Upload upload, String name) throws IOException {
    try {
      String crc32c = store.copy(upload, name);
      if (!crc32c.equals(upload.crc32c())) {
        throw new Rejection(
            "copy-differs",
            new Finding("the private copy of " + upload.object(), upload.crc32c(), crc32c),
            uploadAgain(upload));
      }
    } catch (UploadGone gone) {
      throw gone.rejection();
    }
  }

  private void insert(Images.Draft draft, Upload upload) throws IOException, CallOver {
    try {
      images.insert(draft);
    } catch (OperationFailed failed) {
      switch (failed.actor()) {
        case RETRY -> throw failed;
        case UPLOADER -> throw refused(upload, failed.code() + ": " + failed.getMessage());
        default ->
            throw failed.misconfigured(
                new OperationFailed.Step(
                    "request-refused", "image " + draft.name(), "Compute Engine to make it"),
                "Fix the problem that Google's message names.",
                "Then " + uploadAgain(upload));
      }
    }
  }

  private Image ready(ImageName name, Map<String, String> labels, Upload upload)
      throws IOException, CallOver {
    for (; ; time.sleep(LOOK_AGAIN)) {
      Images.Facts facts =
          images
              .find(name)
              .orElseThrow(() -> new OperationFailed("notFound", "image " + name + " is gone"));
      if (!facts.labels().entrySet().containsAll(labels.entrySet())) {
        throw new Misconfigured(
            "image-name-taken",
            List.of(new Finding("image " + name, "labels " + labels, "labels " + facts.labels())),
            "Delete or rename that image, which Slipway did not make; then " + uploadAgain(upload));
      }
      if (facts.status() == Images.Status.FAILED) {
        throw refused(upload, "status FAILED");
      }
      if (facts.status() == Images.Status.READY) {
        return new Image(facts);
      }
    }
  }

  private static Rejection refused(Upload upload, String found) {
    return new Rejection(
        "image-refused",
        new Finding("the image of " + upload.object(), "Compute Engine to take the disk", found),
        "Boot the disk elsewhere first, mend it, and upload it again.");
  }

  private static String uploadAgain(Upload upload) {
    return "upload it again: " + Commands.of(upload).send();
  }
}
