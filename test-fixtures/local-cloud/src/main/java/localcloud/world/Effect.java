package localcloud.world;

/**
 * What an operation does to the world.
 *
 * @param now as it begins: what can be read at once, also before the operation is DONE
 * @param atEnd when it is done; may still fail it
 * @param instead when it ends, if it fails for no reason of its own: then {@code now} never was
 */
record Effect(Runnable now, Runnable atEnd, Runnable instead) {
  private static final Runnable NOTHING = () -> {};

  static Effect now(Runnable change) {
    return new Effect(change, NOTHING, NOTHING);
  }

  static Effect atEnd(Runnable change) {
    return new Effect(NOTHING, change, NOTHING);
  }
}
