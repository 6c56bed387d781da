package localcloud.world;

import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.Operation;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** The project's global health checks. */
public final class HealthChecks {
  private static final String COLLECTION = "healthChecks";

  private final Estate estate;
  private final Function<String, Optional<String>> user;
  private final Shelf<HealthCheck> shelf;

  /**
   * Starts without any.
   *
   * @param user the path of a group that uses the health check of this link
   */
  HealthChecks(Estate estate, Function<String, Optional<String>> user) {
    this.estate = estate;
    this.user = user;
    this.shelf = new Shelf<>(estate.links(), Scope.GLOBAL, COLLECTION);
  }

  /** Keeps it with Google's defaults. */
  public Operation insert(HealthCheck asked) {
    Names.check("resource.name", asked.getName());
    HealthCheck complete = HealthCheckRules.complete(asked);
    shelf.refuseTaken(asked.getName());
    Newborn born = estate.newborn(shelf.link(asked.getName()));
    HealthCheck check =
        complete.toBuilder()
            .setKind("compute#healthCheck")
            .setId(born.id())
            .setSelfLink(born.selfLink())
            .setCreationTimestamp(born.creationTimestamp())
            .build();
    shelf.put(check.getName(), check);
    return estate.begin(change("insert", check), estate.pace().change());
  }

  /** The health check of this name. */
  public HealthCheck get(String name) {
    return shelf.get(name);
  }

  /** All of them by name. */
  public Collection<HealthCheck> list() {
    return shelf.all();
  }

  /** The health check that a group's reference means. */
  HealthCheck referred(String reference) {
    return estate
        .links()
        .nameIn(Scope.GLOBAL, COLLECTION, reference)
        .map(shelf::get)
        .orElseThrow(
            () ->
                Refusals.notFound(
                    estate.links().expand(reference).map(Links::pathOf).orElse(reference)));
  }

  /** Takes effect with the next probe of every machine. */
  public Operation patch(String name, Edit<HealthCheck> edit) {
    return become("patch", name, edit);
  }

  /** Replaces it whole; takes effect likewise. */
  public Operation update(String name, HealthCheck wanted) {
    return become("update", name, now -> wanted);
  }

  private Operation become(String type, String name, Edit<HealthCheck> edit) {
    HealthCheck before = shelf.get(name);
    HealthCheck wanted = edit.apply(before);
    if (wanted.hasName() && !wanted.getName().equals(name)) {
      throw Refusals.invalid("resource.name", wanted.getName(), "The name cannot be changed.");
    }
    HealthCheck after =
        HealthCheckRules.complete(wanted).toBuilder()
            .setKind(before.getKind())
            .setId(before.getId())
            .setName(before.getName())
            .setSelfLink(before.getSelfLink())
            .setCreationTimestamp(before.getCreationTimestamp())
            .build();
    shelf.put(name, after);
    return estate.begin(change(type, after), estate.pace().change());
  }

  /** Refused while a group uses it. */
  public Operation delete(String name) {
    HealthCheck check = shelf.get(name);
    Optional<String> group = user.apply(check.getSelfLink());
    if (group.isPresent()) {
      throw Refusals.inUse("health_check", shelf.path(name), group.get());
    }
    shelf.remove(name);
    return estate.begin(change("delete", check), estate.pace().change());
  }

  private static Change change(String type, HealthCheck check) {
    return new Change(Scope.GLOBAL, type, check.getSelfLink(), check.getId());
  }
}
