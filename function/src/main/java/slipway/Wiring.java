package slipway;

import java.util.Map;
import java.util.UUID;
import slipway.alarm.AlarmStage;
import slipway.artifact.ArtifactStage;
import slipway.audit.Audit;
import slipway.deployment.CallContext;
import slipway.gcp.Clients;
import slipway.gcp.Ports;
import slipway.image.Family;
import slipway.image.ImageStage;
import slipway.prune.Prune;
import slipway.prune.Takeover;
import slipway.rollback.Consoles;
import slipway.rollback.Rollback;
import slipway.rollout.RolloutStage;
import slipway.settings.Settings;
import slipway.template.TemplateStage;
import slipway.time.CallTime;
import slipway.time.RunningTime;
import slipway.verdict.Watch;

/**
 * Puts the parts together, once for the life of the function; the only place that knows them all.
 */
final class Wiring {
  private final Settings settings;
  private final Clients clients;
  private final RunningTime clock;
  private final Audit audit;

  private Wiring(Settings settings, Clients clients, RunningTime clock) {
    this.settings = settings;
    this.clients = clients;
    this.clock = clock;
    this.audit = Audit.toStandardOutput(clock);
  }

  static Wiring of(Map<String, String> environment) {
    Settings settings = Settings.read(environment);
    return new Wiring(settings, Clients.connect(settings), RunningTime.of(settings.cloudClock()));
  }

  Audit audit() {
    return audit;
  }

  /** What takes the event of one call, which ends with the call's time. */
  Intake intake() {
    CallTime time = new CallTime(clock, clock, settings.call());
    Ports ports = Ports.of(clients, settings, time);
    CallContext context =
        new CallContext(
            ports.records(),
            ports.open(),
            ports.handoffs(),
            ports.orders(),
            audit,
            time,
            UUID.randomUUID().toString());
    return new Intake(stages(ports, settings, time), settings, context);
  }

  static Stages stages(Ports ports, Settings settings, CallTime time) {
    RolloutStage rollout = new RolloutStage(ports.groups(), time);
    Watch watch = new Watch(ports.groups(), ports.monitoring(), time);
    return new Stages(
        new ArtifactStage(ports.uploads()),
        new ImageStage(ports.images(), ports.proven(), time),
        new TemplateStage(ports.templates(), settings.project()),
        rollout,
        new AlarmStage(ports.monitoring()),
        ports.targets(),
        watch,
        new Family(ports.images()),
        new Consoles(ports.groups(), ports.consoles()),
        new Rollback(rollout, watch),
        new Prune(ports.images(), ports.templates(), ports.targets()),
        new Takeover(ports.images(), ports.templates(), ports.targets(), ports.takenOver()));
  }
}
