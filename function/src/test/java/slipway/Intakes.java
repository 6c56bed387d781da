package slipway;

import java.time.Duration;
import slipway.deployment.CallContext;
import slipway.fakes.FakeWorld;
import slipway.gcp.Ports;
import slipway.settings.Settings;

/** The function as a call has it, with fakes around it. */
final class Intakes {
  private Intakes() {}

  /** In a call of this length. */
  static Intake of(FakeWorld world, Settings settings, Duration call) {
    return of(world, world.ports(), settings, call);
  }

  /** The same, with these ports. */
  static Intake of(FakeWorld world, Ports ports, Settings settings, Duration call) {
    CallContext context = world.call(ports, call);
    Stages stages = Wiring.stages(ports, settings, context.time());
    return new Intake(stages, settings, context);
  }
}
