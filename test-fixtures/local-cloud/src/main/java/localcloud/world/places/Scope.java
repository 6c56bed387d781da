package localcloud.world.places;

/**
 * Where a resource lives, as its path names it.
 *
 * @param path {@code global}, {@code zones/<zone>} or {@code regions/<region>}
 */
public record Scope(String path) {
  /** Images, health checks and most templates live here. */
  public static final Scope GLOBAL = new Scope("global");

  /** One zone, such as us-west1-a. */
  public static Scope zone(String name) {
    return new Scope("zones/" + name);
  }

  /** One region, such as us-west1. */
  public static Scope region(String name) {
    return new Scope("regions/" + name);
  }

  /** The region that a zone lies in; a region itself. */
  public Scope region() {
    return isZone() ? region(name().substring(0, name().lastIndexOf('-'))) : this;
  }

  public boolean isZone() {
    return path.startsWith("zones/");
  }

  public boolean isRegion() {
    return path.startsWith("regions/");
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.indexOf('/') + 1);
  }
}
