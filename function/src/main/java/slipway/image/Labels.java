package slipway.image;

import java.util.Map;
import slipway.artifact.VerifiedArtifact;
import slipway.upload.DeploymentId;

/** The labels by which Slipway knows its images and instances again. */
public final class Labels {
  /** The deployment's id. */
  public static final String DEPLOYMENT = "slipway-deployment";

  /** The target's name. */
  public static final String TARGET = "slipway-target";

  /** The digest in base32: a label allows 63 characters and hex needs 64. */
  public static final String SHA256 = "slipway-sha256";

  private Labels() {}

  /** All three, for what boots the image. */
  public static Map<String, String> of(String target, DeploymentId deployment, Image image) {
    return Map.of(TARGET, target, DEPLOYMENT, deployment.value(), SHA256, image.sha256());
  }

  /** All three, for an image to be made of this artifact. */
  public static Map<String, String> of(
      String target, DeploymentId deployment, VerifiedArtifact artifact) {
    return Map.of(
        TARGET, target, DEPLOYMENT, deployment.value(), SHA256, artifact.sha256().base32());
  }
}
