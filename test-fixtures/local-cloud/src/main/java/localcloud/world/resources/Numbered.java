package localcloud.world.resources;

/** A resource that is more than its message, and has a number by which it is known too. */
public interface Numbered {
  /** Its number, which is as unsigned as Google's. */
  long id();
}
