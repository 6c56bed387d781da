package localcloud.world.healthchecks;

import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.Operation;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import localcloud.world.operations.Estate;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Catalogue;
import localcloud.world.resources.Edit;
import localcloud.world.resources.Names;

/** The project's global health checks. */
public final class HealthChecks {
  private static final Catalogue.Kind KIND = new Catalogue.Kind("healthChecks", "health_check", "");

  private final Catalogue<HealthCheck> all;

  /**
   * Starts without any.
   *
   * @param user the path of what uses the health check of this link
   */
  public HealthChecks(Estate estate, Function<String, Optional<String>> user) {
    this.all = new Catalogue<>(estate, KIND, user);
  }

  /** Keeps it with Google's defaults. */
  public Operation insert(HealthCheck asked) {
    Names.check("resource.name", asked.getName());
    return all.insert(Scope.GLOBAL, HealthCheckRules.complete(asked));
  }

  /** The health check of this name. */
  public HealthCheck get(String name) {
    return all.get(Scope.GLOBAL, name);
  }

  /** All of them by name. */
  public Collection<HealthCheck> list() {
    return all.list(Scope.GLOBAL);
  }

  /** The health check that a group's reference means. */
  public HealthCheck referred(String reference) {
    return all.referred(reference);
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
    HealthCheck wanted = edit.apply(get(name));
    if (wanted.hasName() && !wanted.getName().equals(name)) {
      throw Refusals.invalid("resource.name", wanted.getName(), "The name cannot be changed.");
    }
    HealthCheck complete = HealthCheckRules.complete(wanted).toBuilder().setName(name).build();
    return all.become(Scope.GLOBAL, type, complete);
  }

  /** Refused while something uses it. */
  public Operation delete(String name) {
    return all.delete(Scope.GLOBAL, name);
  }
}
