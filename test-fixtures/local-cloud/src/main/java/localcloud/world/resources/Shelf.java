package localcloud.world.resources;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import org.jspecify.annotations.Nullable;

/** The resources of one collection in one scope, by name, as Google lists them. */
public final class Shelf<T> {
  private final Links links;
  private final Scope scope;
  private final String collection;
  private final Map<String, T> held = new TreeMap<>();

  public Shelf(Links links, Scope scope, String collection) {
    this.links = links;
    this.scope = scope;
    this.collection = collection;
  }

  /** As error texts name it. */
  public String path(String name) {
    return links.path(scope, collection, name);
  }

  /** The selfLink that it has or would have. */
  public String link(String name) {
    return links.to(scope, collection, name);
  }

  /** The name of the one here that the reference means; empty if it means something else. */
  Optional<String> nameIn(String reference) {
    return links.nameIn(scope, collection, reference);
  }

  /** The one of this name, or else 404. */
  public T get(String name) {
    T found = held.getOrDefault(name, byNumber(name));
    if (found == null) {
      throw Refusals.notFound(path(name));
    }
    return found;
  }

  /** Google takes a resource's number for its name. */
  private @Nullable T byNumber(String number) {
    if (!number.matches("\\d{1,20}")) {
      return null;
    }
    return held.values().stream()
        .filter(one -> number.equals(Long.toUnsignedString(idOf(one))))
        .findFirst()
        .orElse(null);
  }

  private static long idOf(Object one) {
    if (one instanceof Numbered numbered) {
      return numbered.id();
    }
    Message resource = (Message) one;
    return (Long) resource.getField(resource.getDescriptorForType().findFieldByName("id"));
  }

  /** Whether there is one of this name. */
  public boolean has(String name) {
    return held.containsKey(name);
  }

  /** 409 if there is one of this name. */
  public void refuseTaken(String name) {
    if (has(name)) {
      throw Refusals.alreadyExists(path(name));
    }
  }

  /** Adds it, or replaces the one of this name. */
  public void put(String name, T resource) {
    held.put(name, resource);
  }

  /** The name is free from now on. */
  public void remove(String name) {
    held.remove(name);
  }

  /** By name. */
  public Collection<T> all() {
    return List.copyOf(held.values());
  }
}
