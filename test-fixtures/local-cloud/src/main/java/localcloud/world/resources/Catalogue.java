package localcloud.world.resources;

import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import localcloud.world.operations.Change;
import localcloud.world.operations.Effect;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/**
 * The resources of one collection in all places: each is there at once, is known by name, and stays
 * as long as something uses it.
 */
public final class Catalogue<T extends Message> {
  /**
   * What kind of thing it holds.
   *
   * @param collection as in paths: instanceTemplates
   * @param word as Google's error texts have it: instance_template
   * @param verbs what operation types begin with, such as compute.instanceTemplates.
   */
  public record Kind(String collection, String word, String verbs) {}

  private final Estate estate;
  private final Kind kind;
  private final Function<String, Optional<String>> user;
  private final Map<String, Shelf<T>> shelves = new TreeMap<>();

  /**
   * Starts empty.
   *
   * @param user the path of what uses the resource of this link
   */
  public Catalogue(Estate estate, Kind kind, Function<String, Optional<String>> user) {
    this.estate = estate;
    this.kind = kind;
    this.user = user;
  }

  /** Keeps it with number, link and time of birth. */
  public Operation insert(Scope scope, T complete) {
    shelf(scope).refuseTaken(name(complete));
    return put(scope, "insert", born(scope, complete));
  }

  /** The same without an operation: nobody asked for it. */
  public void keep(Scope scope, T complete) {
    shelf(scope).put(name(complete), born(scope, complete));
  }

  private T born(Scope scope, T complete) {
    String name = name(complete);
    Newborn born = estate.newborn(shelf(scope).link(name));
    Message.Builder resource = complete.toBuilder();
    set(resource, "kind", "compute#" + lower(complete.getDescriptorForType().getName()));
    set(resource, "id", born.id());
    set(resource, "self_link", born.selfLink());
    set(resource, "creation_timestamp", born.creationTimestamp());
    return built(resource);
  }

  /** Keeps the wanted one, which stays the one that was born under this name. */
  public Operation become(Scope scope, String type, T wanted) {
    T before = get(scope, name(wanted));
    Message.Builder resource = wanted.toBuilder();
    for (String field : new String[] {"kind", "id", "self_link", "creation_timestamp"}) {
      set(resource, field, before.getField(field(before, field)));
    }
    return put(scope, type, built(resource));
  }

  private Operation put(Scope scope, String type, T resource) {
    return begin(scope, type, resource, () -> shelf(scope).put(name(resource), resource));
  }

  /** The one of this name or number, or else 404; no name begins with a digit. */
  public T get(Scope scope, String nameOrId) {
    return list(scope).stream()
        .filter(one -> String.valueOf(one.getField(field(one, "id"))).equals(nameOrId))
        .findFirst()
        .orElseGet(() -> shelf(scope).get(nameOrId));
  }

  /** Those of one place by name. */
  public Collection<T> list(Scope scope) {
    return shelf(scope).all();
  }

  /** Those of all places. */
  public Collection<T> everywhere() {
    return shelves.values().stream().flatMap(shelf -> shelf.all().stream()).toList();
  }

  /** What a reference from elsewhere means, whatever its form. */
  public T referred(String reference) {
    for (Shelf<T> shelf : shelves.values()) {
      Optional<T> meant = shelf.nameIn(reference).map(shelf::get);
      if (meant.isPresent()) {
        return meant.get();
      }
    }
    throw Refusals.notFound(estate.links().expand(reference).map(Links::pathOf).orElse(reference));
  }

  /** Refused while something uses it. */
  public Operation delete(Scope scope, String name) {
    T resource = get(scope, name);
    Optional<String> used = user.apply(text(resource, "self_link"));
    if (used.isPresent()) {
      throw Refusals.inUse(kind.word(), shelf(scope).path(name(resource)), used.get());
    }
    return begin(scope, "delete", resource, () -> shelf(scope).remove(name(resource)));
  }

  private Operation begin(Scope scope, String type, T resource, Runnable now) {
    long id = (Long) resource.getField(field(resource, "id"));
    return estate.begin(
        new Change(scope, kind.verbs() + type, text(resource, "self_link"), id),
        estate.pace().change(),
        Effect.now(now));
  }

  private Shelf<T> shelf(Scope scope) {
    return shelves.computeIfAbsent(
        scope.path(), path -> new Shelf<>(estate.links(), scope, kind.collection()));
  }

  private static String name(Message resource) {
    return text(resource, "name");
  }

  private static String text(Message resource, String field) {
    return (String) resource.getField(field(resource, field));
  }

  private static FieldDescriptor field(Message resource, String name) {
    return resource.getDescriptorForType().findFieldByName(name);
  }

  private static void set(Message.Builder resource, String field, Object value) {
    resource.setField(resource.getDescriptorForType().findFieldByName(field), value);
  }

  @SuppressWarnings("unchecked")
  private T built(Message.Builder resource) {
    return (T) resource.build();
  }

  private static String lower(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
