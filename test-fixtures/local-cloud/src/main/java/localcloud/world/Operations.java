package localcloud.world;

import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every change under way or done, by scope and name. They are kept as long as the world lives. */
public final class Operations {
  /** Nobody's address: RFC 2606 keeps example.com free. */
  private static final String USER = "owner@example.com";

  /**
   * How long a requestId is remembered. Google gives no figure for Compute Engine; sibling services
   * with the same text promise at least 60 minutes.
   */
  private static final Duration MEMORY = Duration.ofMinutes(60);

  private record Asked(Instant when, String operation) {}

  private final Links links;
  private final Schedule schedule;
  private final Ids ids;
  private final Map<String, Operation> all = new LinkedHashMap<>();
  private final Map<String, Instant> ends = new HashMap<>();
  private final Map<String, Asked> asked = new HashMap<>();

  Operations(Links links, Schedule schedule, Ids ids) {
    this.links = links;
    this.schedule = schedule;
    this.ids = ids;
  }

  /** Starts a change that takes this long; what it does at its end may fail it. */
  Operation begin(Change change, Duration takes, Runnable atEnd) {
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
    all.put(key(change.scope(), name), operation.build());
    ends.put(name, schedule.now().plus(takes));
    schedule.in(takes, () -> finish(key(change.scope(), name), atEnd));
    return operation.build();
  }

  private void finish(String key, Runnable atEnd) {
    Operation running = all.get(key);
    if (running == null) {
      atEnd.run();
      return;
    }
    Operation.Builder done = running.toBuilder();
    try {
      atEnd.run();
    } catch (OperationFailed failed) {
      done.setError(
              Error.newBuilder()
                  .addErrors(
                      Errors.newBuilder()
                          .setCode(failed.code())
                          .setMessage(String.valueOf(failed.getMessage()))))
          .setHttpErrorStatusCode(failed.status())
          .setHttpErrorMessage(phrase(failed.status()));
    }
    done.setStatus(Operation.Status.DONE).setProgress(100).setEndTime(Ids.time(schedule.now()));
    all.put(key, done.build());
  }

  /** The operation as it stands. */
  public Operation get(Scope scope, String name) {
    Operation operation = all.get(key(scope, name));
    if (operation == null) {
      throw Refusals.notFound(links.path(scope, "operations", name));
    }
    return operation;
  }

  /** When it will be done. */
  Instant end(String name) {
    return ends.getOrDefault(name, schedule.now());
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
  Optional<Operation> repeated(String requestId) {
    Asked earlier = asked.get(requestId);
    if (earlier == null || earlier.when.plus(MEMORY).isBefore(schedule.now())) {
      return Optional.empty();
    }
    return Optional.ofNullable(all.get(earlier.operation));
  }

  Operation remember(String requestId, Operation started) {
    String key =
        Links.pathOf(started.getSelfLink()).substring(("projects/" + links.project()).length() + 1);
    Operation named = started.toBuilder().setClientOperationId(requestId).build();
    all.put(key, named);
    asked.put(requestId, new Asked(schedule.now(), key));
    return named;
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
      default -> "SERVICE UNAVAILABLE";
    };
  }
}
