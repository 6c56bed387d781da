package slipway.artifact;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import slipway.time.CallTime;
import slipway.upload.Upload;

/** How fast the bytes of one proof come and are read, up to the last one that came. */
final class Pace {
  private final CallTime time;
  private final Instant began;
  private Instant lastRead;

  Pace(CallTime time) {
    this.time = time;
    began = time.now();
    lastRead = began;
  }

  /** Asked before each read: a read that stands still until the end leaves the pace as it was. */
  boolean isOver() {
    if (time.isOver()) {
      return true;
    }
    lastRead = time.now();
    return false;
  }

  /** What comes again as it is, or what is too slow for any call. */
  IOException judge(Upload upload, ProofStopped stopped) {
    long read = stopped.bytesRead();
    if (read == 0) {
      return stopped;
    }
    double share = (double) upload.sizeBytes() / read;
    long millis = (long) (Duration.between(began, lastRead).toMillis() * share);
    Duration needed = Duration.ofMillis(millis);
    return needed.compareTo(time.whole()) > 0
        ? new ProofTooSlow(upload, read, needed, time.whole())
        : stopped;
  }
}
