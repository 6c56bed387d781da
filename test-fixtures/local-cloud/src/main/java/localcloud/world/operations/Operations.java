package localcloud.world.operations;

import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.OperationFailed;
import localcloud.world.refusals.Refusals;

/** Every change under way or done, by scope and name. They are kept as long as the world lives. */
public final class Operations {
  /** Nobody's address: RFC 2606 keeps example.com free. */
  private static final String USER = "owner@example.com";

  /**
   * How long a requestId is remembered. Google gives no figure for Compute Engine; sibling services
   * with the same text promise at least 60 minutes.
   */
  private static final Duration MEMORY = Duration.ofMinutes(60);

  /** When to look again whether an operation that is due may end. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private record Asked(Instant when, String operation) {}

  private final Links links;
  private final Schedule schedule;
  private final Ids ids;
  private final Obstacles obstacles;
  private final Map<String, Operation> all = new LinkedHashMap<>();
  private final Map<String, Instant> ends = new HashMap<>();
  private final Map<String, Asked> asked = new HashMap<>();

  public Operations(Links links, Schedule schedule, Ids ids, Obstacles obstacles) {
    this.links = links;
    this.schedule = schedule;
    this.ids = ids;
    this.obstacles = obstacles;
  }

  /** Starts a change that usually takes this long. */
  Operation begin(Change change, Duration usually, Effect effect) {
    Obstacles.Detour detour =
        obstacles.operation(change.method(), change.scope(), Links.pathOf(change.targetLink()));
    if (detour.failure().isEmpty()) {
      effect.now().run();
    }
    Operation operation = started(change);
    Duration takes = detour.takes().orElse(usually);
    String key = key(change.scope(), operation.getName());
    all.put(key, operation);
    end(key, takes, effect, detour.failure());
    return operation;
  }

  /** Notes what Compute Engine did of itself, such as {@code compute.instances.preempted}. */
  public void event(Change change, String message) {
    Operation.Builder event = started(change).toBuilder();
    String name = event.getName().replaceFirst("^operation-", "systemevent-");
    String now = Ids.time(schedule.now());
    put(
        event
            .setName(name)
            .setSelfLink(links.to(change.scope(), "operations", name))
            .setUser("system")
            .setStatus(Operation.Status.DONE)
            .setProgress(100)
            .setStatusMessage(message)
            .setEndTime(now)
            .build());
  }

  private void end(String key, Duration after, Effect effect, Optional<OperationFailed> struck) {
    ends.put(key, schedule.now().plus(after));
    schedule.in(after, () -> finish(key, effect, struck));
  }

  private Operation started(Change change) {
    long id = ids.next();
    String name = "operation-" + schedule.now().toEpochMilli() + "-" + Long.toHexString(id);
    String now = Ids.time(schedule.now());
    Operation.Builder operation =
        Operation.newBuilder()
            .setKind("compute#operation")
            .setId(id)
            .setName(name)
            .setOperationType(change.type())
            .setStatus(Operation.Status.RUNNING)
            .setProgress(0)
            .setTargetLink(change.targetLink())
            .setTargetId(change.targetId())
            .setUser(USER)
            .setInsertTime(now)
            .setStartTime(now)
            .setSelfLink(links.to(change.scope(), "operations", name));
    if (change.scope().isZone()) {
      operation.setZone(links.to(change.scope()));
    } else if (change.scope().isRegion()) {
      operation.setRegion(links.to(change.scope()));
    }
    return operation.build();
  }

  private void finish(String key, Effect effect, Optional<OperationFailed> struck) {
    if (!effect.ready().getAsBoolean()) {
      end(key, RETRY, effect, struck);
      return;
    }
    Optional<OperationFailed> failure = struck;
    if (struck.isPresent()) {
      effect.instead().run();
    } else {
      try {
        effect.atEnd().run();
      } catch (OperationFailed failed) {
        failure = Optional.of(failed);
      }
    }
    Operation running = all.get(key);
    if (running != null) {
      all.put(key, done(running, failure));
    }
  }

  private Operation done(Operation running, Optional<OperationFailed> failure) {
    Operation.Builder done = running.toBuilder();
    if (failure.isPresent()) {
      OperationFailed failed = failure.get();
      done.setError(Error.newBuilder().addErrors(failed.error()));
      if (failed.status() != 0) {
        done.setHttpErrorStatusCode(failed.status()).setHttpErrorMessage(phrase(failed.status()));
      }
    }
    return done.setStatus(Operation.Status.DONE)
        .setProgress(100)
        .setEndTime(Ids.time(schedule.now()))
        .build();
  }

  /** The operation as it stands. */
  public Operation get(Scope scope, String name) {
    Operation operation = all.get(key(scope, name));
    if (operation == null) {
      throw Refusals.notFound(links.path(scope, "operations", name));
    }
    return operation;
  }

  /** When it will be done, as far as can be told. */
  public Instant end(Scope scope, String name) {
    return ends.getOrDefault(key(scope, name), schedule.now());
  }

  /** Those of one scope, oldest first. */
  public List<Operation> list(Scope scope) {
    String home = key(scope, "");
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(home))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Forgets one; what it is doing goes on. */
  public void delete(Scope scope, String name) {
    get(scope, name);
    all.remove(key(scope, name));
  }

  /** The operation that this requestId started, if it is still remembered. */
  public Optional<Operation> repeated(String requestId) {
    Asked earlier = asked.get(requestId);
    if (earlier == null || earlier.when.plus(MEMORY).isBefore(schedule.now())) {
      return Optional.empty();
    }
    return Optional.ofNullable(all.get(earlier.operation));
  }

  /** The same, known by the requestId for the next hour. */
  public Operation remember(String requestId, Operation started) {
    Operation named = put(started.toBuilder().setClientOperationId(requestId).build());
    asked.put(requestId, new Asked(schedule.now(), key(named)));
    return named;
  }

  /**
   * Names who began it, instead of the owner.
   *
   * @param user an e-mail address
   */
  public Operation by(String user, Operation started) {
    return put(started.toBuilder().setUser(user).build());
  }

  private Operation put(Operation named) {
    all.put(key(named), named);
    return named;
  }

  private String key(Operation operation) {
    String path = Links.pathOf(operation.getSelfLink());
    return path.substring(("projects/" + links.project()).length() + 1);
  }

  private static String key(Scope scope, String name) {
    return scope.path() + "/operations/" + name;
  }

  private static String phrase(int status) {
    return switch (status) {
      case 400 -> "BAD REQUEST";
      case 403 -> "FORBIDDEN";
      case 404 -> "NOT FOUND";
      case 409 -> "CONFLICT";
      case 412 -> "PRECONDITION FAILED";
      default -> "SERVICE UNAVAILABLE";
    };
  }
}
