package slipway;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.deployment.CallContext;
import slipway.deployment.Deployment;
import slipway.deployment.Journal;
import slipway.record.OpenMarkers.Marker;
import slipway.record.Records.Stored;
import slipway.rollout.Overtaken;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.upload.Upload;

/**
 * The scheduler's event, once a minute: looks after what is open and no call works on. What must go
 * on does so in a call of its own, so that a sweep is short.
 */
final class Sweep {
  /** One that comes so late has had successors. */
  private static final Duration STALE = Duration.ofMinutes(2);

  /** For looks. What it cannot look at by then gets a call of its own. */
  private static final Duration LOOKS = Duration.ofSeconds(30);

  /** The next one goes on where this one stops. */
  private static final Duration WHOLE = Duration.ofSeconds(40);

  /** An event that was not acknowledged comes again by itself, at most ten minutes later. */
  private static final Duration LOST = Duration.ofMinutes(10);

  /**
   * An event that began a deployment and never wrote its record comes again for a day, which is how
   * long Eventarc keeps it; after that nobody will.
   */
  private static final Duration BEGINNING = Duration.ofHours(25);

  private final Stages stages;
  private final Settings settings;
  private final CallContext context;
  private final Instant begun;

  Sweep(Stages stages, Settings settings, CallContext context) {
    this.stages = stages;
    this.settings = settings;
    this.context = context;
    this.begun = context.time().now();
  }

  /** Deployments whose event was lost, or that have waited for long enough, go on. */
  void run(Upload event) throws IOException {
    if (begun.isAfter(event.timeCreated().plus(STALE))) {
      return;
    }
    List<Stored> all = open();
    try {
      new People(stages, context, settings, all).answer(event.generation());
    } finally {
      // Orders that cannot be read keep nobody from going on.
      goOn(all, event.generation());
    }
    if (!isOver(WHOLE)) {
      stages.takeover().goOn(context);
    }
  }

  private void goOn(List<Stored> all, long number) {
    for (Stored open : all) {
      boolean free = !isOver(WHOLE) && !open.record().isLeased(context.time().now());
      if (free && mustGoOn(open)) {
        context.handoffs().writeAgain(open.record().handoff(), number);
      }
    }
  }

  /** The records that are open; markers of others are taken away. */
  private List<Stored> open() {
    List<Stored> all = new ArrayList<>();
    List<Marker> ended = new ArrayList<>();
    for (Marker marker : context.open().all()) {
      Optional<Stored> found =
          context
              .records()
              .find(marker.object(), marker.generation())
              .filter(stored -> stored.record().id().equals(marker.deployment()));
      boolean over =
          found.isPresent()
              ? !found.get().record().isOpen()
              : !context.time().now().isBefore(marker.since().plus(BEGINNING));
      if (over) {
        ended.add(marker);
      } else {
        found.ifPresent(all::add);
      }
    }
    ended.forEach(context.open()::remove);
    return all;
  }

  private boolean mustGoOn(Stored open) {
    try {
      Target target = TargetChoice.of(open.record(), settings.targets());
      Journal journal = Journal.of(context, open);
      Rest rest =
          new Rest(stages, new Deployment(journal, target, stages.states(), context.time()));
      return rest.isResting()
          ? isOver(LOOKS) || !rest.isQuiet()
          : !context.time().now().isBefore(open.writtenAt().plus(LOST));
    } catch (CallOver worked) {
      return false;
    } catch (Overtaken | RuntimeException failed) {
      // For the call that goes on to meet, and to tell.
      return true;
    }
  }

  private boolean isOver(Duration duration) {
    return context.time().now().isAfter(begun.plus(duration));
  }
}
