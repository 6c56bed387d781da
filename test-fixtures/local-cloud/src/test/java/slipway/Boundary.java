package slipway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Monitoring;
import slipway.artifact.ArtifactSource;
import slipway.audit.Audit;
import slipway.deployment.CallContext;
import slipway.deployment.Handoffs;
import slipway.deployment.Orders;
import slipway.gcp.Clients;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.prune.Takeover;
import slipway.record.OpenMarkers;
import slipway.record.Records;
import slipway.rollback.Consoles;
import slipway.rollout.Groups;
import slipway.rollout.TargetStates;
import slipway.settings.Settings;
import slipway.template.Templates;
import slipway.time.CallTime;
import slipway.time.RunningTime;

/**
 * Counts the outside calls of functions, and at one of them the function that makes it dies, or
 * stands still until it is let go on. What others call meanwhile is counted no more.
 */
final class Boundary {
  /** What becomes of the function there. */
  enum Fate {
    DIES,
    FREEZES
  }

  private static final String PATCH = "Groups.patch";

  private static final Pattern READS =
      Pattern.compile(
          ".*[.](find|hasRoomFor|url|active|instances|console|kinds|earlierHold|of|ofObject|booting|borrowed|isBlocked)");

  private final int at;
  private final boolean afterEffect;
  private final Fate fate;
  private final List<String> calls = new ArrayList<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  Boundary(int at, boolean afterEffect, Fate fate) {
    this.at = at;
    this.afterEffect = afterEffect;
    this.fate = fate;
  }

  /** Only counts. */
  static Boundary none() {
    return new Boundary(0, false, Fate.DIES);
  }

  /** Every boundary of these calls. */
  static List<Boundary> all(List<String> calls, Fate fate) {
    return IntStream.rangeClosed(1, calls.size())
        .boxed()
        .flatMap(at -> Stream.of(new Boundary(at, false, fate), new Boundary(at, true, fate)))
        .toList();
  }

  /**
   * Every patch of a group, and of each other method that changes something one call, where it
   * hurts: the function dies when the change is made and not written down, and stands still when it
   * is about to be made.
   */
  static List<Boundary> sample(List<String> calls, Fate fate, Random dice) {
    Map<String, List<Integer>> changes = new TreeMap<>();
    for (int i = 0; i < calls.size(); i++) {
      if (!READS.matcher(calls.get(i)).matches()) {
        changes.computeIfAbsent(calls.get(i), name -> new ArrayList<>()).add(i + 1);
      }
    }
    return changes.entrySet().stream()
        .flatMap(
            change -> {
              List<Integer> at = change.getValue();
              return change.getKey().equals(PATCH)
                  ? at.stream()
                  : Stream.of(at.get(dice.nextInt(at.size())));
            })
        .map(at -> new Boundary(at, fate == Fate.DIES, fate))
        .toList();
  }

  /** The calls so far, as port and method. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  Fate fate() {
    return fate;
  }

  boolean isReached() {
    return reached.getCount() == 0;
  }

  @Override
  public synchronized String toString() {
    String call = at > 0 && at <= calls.size() ? calls.get(at - 1) : "none";
    return fate + (afterEffect ? " after" : " before") + " call " + at + ", " + call;
  }

  /** What stands still goes on. */
  void release() {
    released.countDown();
  }

  private Ports around(Ports ports) {
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
        port(Consoles.Store.class, ports.consoles()),
        port(Takeover.Cursor.class, ports.takenOver()));
  }

  /** The function in one call of this length, with the boundary around its outside calls. */
  Intake intake(Clients clients, Settings settings, RunningTime time, Duration call) {
    CallTime left = new CallTime(time, time, call);
    Ports ports = around(Ports.of(clients, settings, left));
    CallContext context =
        new CallContext(
            ports.records(),
            ports.open(),
            ports.handoffs(),
            ports.orders(),
            Audit.toStandardOutput(time),
            left,
            UUID.randomUUID().toString());
    return new Intake(Wiring.stages(ports, settings, left), settings, context);
  }

  private <T> T port(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean here = isHere(type.getSimpleName() + "." + method.getName());
              if (here && !afterEffect) {
                strike();
              }
              Object answer = answer(() -> method.invoke(real, arguments));
              if (here && afterEffect) {
                strike();
              }
              return answer;
            }));
  }

  private synchronized boolean isHere(String call) {
    calls.add(call);
    return calls.size() == at && !isReached();
  }

  private void strike() throws InterruptedException {
    reached.countDown();
    if (fate == Fate.DIES) {
      throw new Died();
    }
    released.await();
  }

  private static @Nullable Object answer(Reflected call) throws Throwable {
    try {
      return call.invoke();
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  @FunctionalInterface
  private interface Reflected {
    @Nullable Object invoke() throws ReflectiveOperationException;
  }

  /** What a function dies of; nothing catches it. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }
}
