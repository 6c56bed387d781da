package slipway.image;

import slipway.upload.DeploymentId;

/** The name of an image in the function's project: 1 to 63 characters of {@code [a-z0-9-]}. */
public record ImageName(String value) {
  /** Of the image that this deployment makes, if it makes one. */
  public static ImageName of(DeploymentId deployment) {
    return new ImageName(deployment.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
