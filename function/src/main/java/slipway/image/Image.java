package slipway.image;

import java.time.Instant;
import slipway.settings.ImageSettings;

/** An image that is READY and holds a proven artifact; only {@link ImageStage} makes one. */
public final class Image {
  private final Images.Facts facts;

  Image(Images.Facts facts) {
    this.facts = facts;
  }

  /** Its name, which is the deployment's id. */
  public ImageName name() {
    return facts.name();
  }

  /** Its full URL: the exact image, not its family, or going back would mean nothing. */
  public String url() {
    return facts.url();
  }

  /** What it says of itself, as Compute has it. */
  public ImageSettings settings() {
    return facts.settings();
  }

  /** The digest of its tarball in base32, as its label has it. */
  String sha256() {
    return facts.labels().getOrDefault(Labels.SHA256, "unknown");
  }

  Instant createdAt() {
    return facts.createdAt();
  }
}
