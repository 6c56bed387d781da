package slipway;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import slipway.artifact.Commands;
import slipway.deployment.Deployment;
import slipway.fault.Finding;
import slipway.fault.Rejection;
import slipway.upload.Upload;

/** Tarballs that turned out bad: the same bytes are refused until an uploader insists. */
final class BlockedDigests {
  /** The key of an upload's metadata whose value {@code true} insists. */
  private static final String RETRY = "retry";

  /** Whether the uploader wants these bytes deployed whatever became of them before. */
  static boolean isInsisted(Upload upload) {
    return upload.metadata().getOrDefault(RETRY, "").equals("true");
  }

  private BlockedDigests() {}

  /**
   * Whether this tarball is blocked and its uploader insists; false if it is not blocked.
   *
   * @throws Rejection if it is blocked, and nobody insists
   */
  static boolean isInsistedOn(Deployment deployment) {
    Upload upload = deployment.upload();
    if (!deployment.ownership().isBlocked(deployment.sha256())) {
      return false;
    }
    if (isInsisted(upload)) {
      return true;
    }
    Map<String, String> insisting = new TreeMap<>(upload.instructions());
    insisting.put(RETRY, "true");
    throw new Rejection(
        "held",
        new Finding(
            "the tarball " + upload.object(),
            "bytes that were not rolled back or refused before",
            "SHA-256 " + deployment.sha256() + ", which was"),
        "Mend the disk; or insist: " + Commands.of(upload).send(insisting));
  }

  static void block(Deployment deployment) {
    deployment.ownership().block(deployment.sha256());
  }

  static void unblock(Deployment deployment) throws IOException {
    deployment.ownership().unblock(deployment.sha256());
  }
}
