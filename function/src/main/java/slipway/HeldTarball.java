package slipway;

import java.util.Map;
import java.util.TreeMap;
import slipway.artifact.Commands;
import slipway.fault.Finding;
import slipway.fault.Rejection;
import slipway.record.Deployment;
import slipway.upload.Upload;

/** A tarball that turned out bad before: it is refused until its uploader insists. */
final class HeldTarball {
  private static final String RETRY = "retry";

  private HeldTarball() {}

  /**
   * Whether this one is held and its uploader insists; false if it is not held.
   *
   * @throws Rejection if it is held, and nobody insists
   */
  static boolean isInsistedOn(Deployment deployment) {
    Upload upload = deployment.steps().upload();
    String sha256 = deployment.steps().sha256();
    if (!deployment.ownership().isHeld(sha256)) {
      return false;
    }
    if (upload.metadata().getOrDefault(RETRY, "").equals("true")) {
      return true;
    }
    Map<String, String> insisting = new TreeMap<>(upload.instructions());
    insisting.put(RETRY, "true");
    throw new Rejection(
        "held",
        new Finding(
            "the tarball " + upload.object(),
            "one that was not rolled back before",
            "sha256 " + sha256 + ", which was"),
        "Mend the disk; or insist: " + Commands.of(upload).send(insisting));
  }
}
