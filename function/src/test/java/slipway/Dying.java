package slipway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import slipway.alarm.Monitoring;
import slipway.artifact.ArtifactSource;
import slipway.deployment.Handoffs;
import slipway.deployment.Orders;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.prune.Takeover;
import slipway.record.OpenMarkers;
import slipway.record.Records;
import slipway.rollout.Groups;
import slipway.rollout.TargetStates;
import slipway.template.Templates;

/** A function that dies at one of its outside calls; reading and saving consoles does not count. */
final class Dying {
  private final int at;
  private final boolean afterEffect;
  private int calls;

  /** Counts outside calls from 1, and dies before this one's effect or after it. */
  Dying(int at, boolean afterEffect) {
    this.at = at;
    this.afterEffect = afterEffect;
  }

  /** How many there were so far. */
  int calls() {
    return calls;
  }

  /** These ports, counted. */
  Ports around(Ports ports) {
    return new Ports(
        port(ArtifactSource.class, ports.uploads()),
        port(ProvenStore.class, ports.proven()),
        port(Records.class, ports.records()),
        port(OpenMarkers.class, ports.open()),
        port(Handoffs.class, ports.handoffs()),
        port(Orders.class, ports.orders()),
        port(Images.class, ports.images()),
        port(Templates.class, ports.templates()),
        port(Groups.class, ports.groups()),
        port(Monitoring.class, ports.monitoring()),
        port(TargetStates.class, ports.targets()),
        ports.consoles(),
        port(Takeover.Cursor.class, ports.takenOver()));
  }

  private <T> T port(Class<T> type, T fake) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean last = !method.getName().equals("console") && ++calls == at;
              if (last && !afterEffect) {
                throw new Crash();
              }
              try {
                Object answer = method.invoke(fake, arguments);
                if (last) {
                  throw new Crash();
                }
                return answer;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
    return type.cast(proxy);
  }

  @Override
  public String toString() {
    return "died " + (afterEffect ? "after" : "before") + " outside call " + at;
  }

  /** What it dies of; nothing catches it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
