package localcloud.world.groups;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.HealthCheck;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localcloud.world.instances.HealthTally;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Vm;
import localcloud.world.places.Scope;
import org.jspecify.annotations.Nullable;

/** One managed instance of a group; it outlives its machine when that is recreated. */
public final class Member {
  /** ManagedInstance.currentAction, as far as the local cloud acts. */
  enum Action {
    NONE,
    CREATING,
    VERIFYING,
    RECREATING,
    REFRESHING,
    SUSPENDING,
    STOPPING,
    RESUMING,
    STARTING,
    DELETING
  }

  /** What takes its machine away. */
  private static final Set<Action> GOING =
      Set.of(Action.DELETING, Action.RECREATING, Action.SUSPENDING, Action.STOPPING);

  private final String name;
  private final Scope zone;
  private VersionKey version;
  private Action action = Action.CREATING;
  private boolean moving;
  private int life;
  private Instant since = Instant.EPOCH;
  private final Map<String, HealthTally> health = new HashMap<>();
  private @Nullable Vm vm;
  private @Nullable Errors failure;

  Member(String name, Scope zone, VersionKey version) {
    this.name = name;
    this.zone = zone;
    this.version = version;
  }

  String name() {
    return name;
  }

  Scope zone() {
    return zone;
  }

  public VersionKey version() {
    return version;
  }

  Action action() {
    return action;
  }

  /** Counts upwards whenever what was planned for it no longer holds. */
  int life() {
    return life;
  }

  /** Empty before its instance is made, and after that has failed. */
  public Optional<Vm> vm() {
    return Optional.ofNullable(vm);
  }

  /** What the check of this link has found of its present machine. */
  public HealthTally.State health(String check) {
    HealthTally tally = health.get(check);
    return tally == null ? HealthTally.State.UNKNOWN : tally.state();
  }

  /** Starts to count for the check of this link; false if it does so already. */
  boolean follow(String check) {
    return health.putIfAbsent(check, new HealthTally()) == null;
  }

  void unfollow(String check) {
    health.remove(check);
  }

  /** Whether the check's next question may be put: not before the one before it has its reply. */
  boolean mayAsk(String check) {
    HealthTally tally = health.get(check);
    return tally != null && tally.ask();
  }

  void learn(HealthCheck check, Machine.Reply reply) {
    HealthTally tally = health.get(check.getSelfLink());
    if (tally != null) {
      tally.add(reply, check);
    }
  }

  /** What is planned for its present life does not happen in another. */
  Runnable inThisLife(Runnable planned) {
    int then = life;
    return () -> {
      if (life == then) {
        planned.run();
      }
    };
  }

  /** When its machine came to RUNNING. */
  public Instant since() {
    return since;
  }

  /** Why the last attempt to make it failed; empty after a success. */
  List<Errors> failures() {
    return failure == null ? List.of() : List.of(failure);
  }

  public boolean leaving() {
    return action == Action.DELETING;
  }

  /** Its machine is to go, and still runs so that requests in flight may finish. */
  public boolean draining() {
    return GOING.contains(action) && vm != null && vm.is("RUNNING");
  }

  /** RUNNING and, with a health check, HEALTHY at least once: then nothing is left to be done. */
  public boolean available() {
    return action == Action.NONE || action == Action.REFRESHING;
  }

  /** Whether it is to make room for one in another zone. */
  boolean moving() {
    return moving;
  }

  void move(boolean toAnotherZone) {
    moving = toAnotherZone;
  }

  void leave() {
    begin(Action.DELETING);
  }

  void restart(VersionKey wanted) {
    begin(Action.RECREATING);
    version = wanted;
  }

  /** This is done to it from now on, and whatever else was planned for it is not. */
  void begin(Action next) {
    life++;
    action = next;
  }

  /** Its labels and metadata become another version's while it runs on. */
  void refresh(VersionKey wanted) {
    version = wanted;
    action = action == Action.NONE ? Action.REFRESHING : action;
  }

  void refreshed() {
    action = action == Action.REFRESHING ? Action.NONE : action;
  }

  void provision(@Nullable Vm provisioned) {
    vm = provisioned;
    health.clear();
  }

  void fail(Errors error) {
    vm = null;
    failure = error;
  }

  void running(boolean verify, Instant now) {
    failure = null;
    since = now;
    action = verify ? Action.VERIFYING : Action.NONE;
  }

  /** Stands by with an instance that does not run. */
  void rest(Vm resting) {
    vm = resting;
    action = Action.NONE;
  }

  /** Whether it stands by: nobody wants it to run. */
  boolean rests() {
    return action == Action.NONE && vm != null && !vm.is("RUNNING");
  }

  void verified() {
    action = Action.NONE;
  }
}
