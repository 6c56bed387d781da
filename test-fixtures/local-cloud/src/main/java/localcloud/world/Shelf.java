package localcloud.world;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resources of one collection in one scope, by name, as Google lists them. */
final class Shelf<T> {
  private final Links links;
  private final Scope scope;
  private final String collection;
  private final Map<String, T> held = new TreeMap<>();

  Shelf(Links links, Scope scope, String collection) {
    this.links = links;
    this.scope = scope;
    this.collection = collection;
  }

  String path(String name) {
    return links.path(scope, collection, name);
  }

  String link(String name) {
    return links.to(scope, collection, name);
  }

  /** The name of the one here that the reference means; empty if it means something else. */
  Optional<String> nameIn(String reference) {
    return links.nameIn(scope, collection, reference);
  }

  T get(String name) {
    T found = held.get(name);
    if (found == null) {
      throw Refusals.notFound(path(name));
    }
    return found;
  }

  boolean has(String name) {
    return held.containsKey(name);
  }

  void refuseTaken(String name) {
    if (has(name)) {
      throw Refusals.alreadyExists(path(name));
    }
  }

  void put(String name, T resource) {
    held.put(name, resource);
  }

  void remove(String name) {
    held.remove(name);
  }

  Collection<T> all() {
    return List.copyOf(held.values());
  }
}
