package slipway.artifact;

import java.util.function.BooleanSupplier;

/**
 * How far one proof may go.
 *
 * @param maxDiskGib the largest disk the target takes, in GiB, at least 1; checked against what the
 *     tarball declares, before anything is expanded
 * @param deadlineReached asked at least once for every 64 KiB that are read; true ends the proof
 */
public record Limits(int maxDiskGib, BooleanSupplier deadlineReached) {
  /** Refuses a size below 1 GiB. */
  public Limits {
    if (maxDiskGib < 1) {
      throw new IllegalArgumentException("maxDiskGib: expected at least 1, found " + maxDiskGib);
    }
  }
}
