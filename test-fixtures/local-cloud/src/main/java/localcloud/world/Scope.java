package localcloud.world;

/**
 * Where a resource lives, as its path names it.
 *
 * @param path {@code global}, {@code zones/<zone>} or {@code regions/<region>}
 */
public record Scope(String path) {
  /** Images, templates and health checks live here. */
  public static final Scope GLOBAL = new Scope("global");

  /** One zone, such as us-west1-a. */
  public static Scope zone(String name) {
    return new Scope("zones/" + name);
  }

  /** One region, such as us-west1. */
  public static Scope region(String name) {
    return new Scope("regions/" + name);
  }

  boolean isZone() {
    return path.startsWith("zones/");
  }

  boolean isRegion() {
    return path.startsWith("regions/");
  }

  String name() {
    return path.substring(path.indexOf('/') + 1);
  }
}
