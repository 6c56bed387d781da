package localcloud.world.resources;

/** A change to a resource, given what it is: how a JSON merge patch reaches the world. */
@FunctionalInterface
public interface Edit<T> {
  /** What the resource shall be. */
  T apply(T now);
}
