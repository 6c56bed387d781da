package slipway;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.deployment.CallContext;
import slipway.prune.Takeover;
import slipway.record.DeploymentRecord;
import slipway.record.OpenMarkers.Marker;
import slipway.record.Records;

/** Looks after what is open: the scheduler's event every ten minutes. */
final class Sweep {
  /**
   * An event that began a deployment and never wrote its record comes again for a day, which is how
   * long Eventarc keeps it; after that nobody will.
   */
  private static final Duration BEGINNING = Duration.ofHours(25);

  private final CallContext context;
  private final Takeover takeover;

  Sweep(CallContext context, Takeover takeover) {
    this.context = context;
    this.takeover = takeover;
  }

  /**
   * Deployments whose event was lost, or that wait, go on, each in a call of its own.
   *
   * @param number the sweep's, unlike any other's
   */
  void run(long number) throws IOException {
    List<Marker> over = new ArrayList<>();
    for (Marker marker : context.open().all()) {
      if (isOver(marker, number)) {
        over.add(marker);
      }
    }
    over.forEach(context.open()::remove);
    takeover.goOn(context);
  }

  /** Whether nothing is left of it; what is, and nobody works on, is told to go on. */
  private boolean isOver(Marker marker, long number) {
    Optional<DeploymentRecord> record =
        context
            .records()
            .find(marker.object(), marker.generation())
            .map(Records.Stored::record)
            .filter(found -> found.id().equals(marker.deployment()));
    if (record.isEmpty()) {
      return !context.time().now().isBefore(marker.since().plus(BEGINNING));
    }
    if (record.get().isOpen() && !record.get().isLeased(context.time().now())) {
      context.handoffs().writeAgain(record.get().handoff(), number);
    }
    return !record.get().isOpen();
  }
}
