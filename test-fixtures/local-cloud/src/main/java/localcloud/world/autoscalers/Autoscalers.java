package localcloud.world.autoscalers;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import localcloud.world.groups.GroupShelves;
import localcloud.world.groups.Groups;
import localcloud.world.operations.Change;
import localcloud.world.operations.Effect;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Edit;
import localcloud.world.resources.Shelf;

/** The project's autoscalers, by the zone or region that they and their groups live in. */
public final class Autoscalers {
  private static final String COLLECTION = "autoscalers";

  private final Estate estate;
  private final GroupShelves groups;
  private final Map<String, Shelf<Scaling>> shelves = new TreeMap<>();

  public Autoscalers(Estate estate, GroupShelves groups) {
    this.estate = estate;
    this.groups = groups;
  }

  /** It reads its policy when the operation is done; until then its status is PENDING. */
  public Operation insert(Scope home, Autoscaler asked) {
    Autoscaler complete = complete(home, asked);
    shelf(home).refuseTaken(asked.getName());
    Newborn born = estate.newborn(shelf(home).link(asked.getName()));
    Scaling scaling = new Scaling(estate, groups, new Scaling.Identity(born, home), complete);
    return estate.begin(
        change("insert", scaling),
        estate.pace().change(),
        new Effect(() -> shelf(home).put(asked.getName(), scaling), scaling::start, () -> {}));
  }

  /** The autoscaler as it stands. */
  public Autoscaler get(Scope home, String name) {
    return shelf(home).get(name).resource();
  }

  /** The autoscalers of one zone or region by name. */
  public List<Autoscaler> list(Scope home) {
    return shelf(home).all().stream().map(Scaling::resource).toList();
  }

  /** Takes effect when the operation is done. */
  public Operation patch(Scope home, String name, Edit<Autoscaler> edit) {
    return become("patch", home, name, edit);
  }

  /** Replaces its policy whole; takes effect likewise. */
  public Operation update(Scope home, String name, Autoscaler wanted) {
    return become("update", home, name, now -> wanted.toBuilder().setName(name).build());
  }

  private Operation become(String type, Scope home, String name, Edit<Autoscaler> edit) {
    Scaling scaling = shelf(home).get(name);
    Autoscaler wanted = edit.apply(scaling.resource());
    if (!wanted.getName().equals(name)) {
      throw Refusals.invalid("resource.name", wanted.getName(), "The name cannot be changed.");
    }
    Autoscaler complete = complete(home, wanted);
    return estate.begin(
        change(type, scaling),
        estate.pace().change(),
        new Effect(() -> scaling.become(complete), scaling::acknowledge, () -> {}));
  }

  /** The group keeps the size that it has. */
  public Operation delete(Scope home, String name) {
    Scaling scaling = shelf(home).get(name);
    return estate.begin(
        change("delete", scaling),
        estate.pace().change(),
        Effect.now(
            () -> {
              scaling.stop();
              shelf(home).remove(name);
            }));
  }

  /** The autoscaler of the group of this link: there is at most one. */
  public Optional<Autoscaler> of(String group) {
    return all()
        .filter(one -> one.asked().getTarget().equals(group))
        .findFirst()
        .map(Scaling::resource);
  }

  private Autoscaler complete(Scope home, Autoscaler asked) {
    Autoscaler complete = AutoscalerRules.complete(asked, target(home, asked.getTarget()));
    Optional<Autoscaler> other =
        of(complete.getTarget()).filter(one -> !one.getName().equals(asked.getName()));
    if (other.isPresent()) {
      throw Refusals.inUse(
          "instance_group_manager",
          Links.pathOf(complete.getTarget()),
          Links.pathOf(other.get().getSelfLink()));
    }
    return complete;
  }

  private String target(Scope home, String reference) {
    if (reference.isEmpty()) {
      throw Refusals.required("resource.target");
    }
    String name =
        estate
            .links()
            .nameIn(home, Groups.COLLECTION, reference)
            .orElseThrow(
                () ->
                    Refusals.invalid(
                        "resource.target",
                        reference,
                        "Must be a managed instance group of " + home.path() + "."));
    String link = estate.links().to(home, Groups.COLLECTION, name);
    if (groups.linked(link).isEmpty()) {
      throw Refusals.notFound(Links.pathOf(link));
    }
    return link;
  }

  private Stream<Scaling> all() {
    return shelves.values().stream().map(Shelf::all).flatMap(Collection::stream);
  }

  private static Change change(String type, Scaling scaling) {
    Scaling.Identity identity = scaling.identity();
    return new Change(identity.home(), type, identity.born().selfLink(), identity.born().id());
  }

  private Shelf<Scaling> shelf(Scope home) {
    return shelves.computeIfAbsent(
        home.path(), path -> new Shelf<>(estate.links(), home, COLLECTION));
  }
}
