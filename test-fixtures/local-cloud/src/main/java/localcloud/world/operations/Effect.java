package localcloud.world.operations;

import java.util.function.BooleanSupplier;

/**
 * What an operation does to the world.
 *
 * @param now as it begins: what can be read at once, also before the operation is DONE
 * @param atEnd when it is done; may still fail it
 * @param instead when it ends, if it fails for no reason of its own: then {@code now} never was
 * @param ready whether it may end: what works on it outside of the world's lock has finished
 */
public record Effect(Runnable now, Runnable atEnd, Runnable instead, BooleanSupplier ready) {
  private static final Runnable NOTHING = () -> {};

  /** May end as soon as it is due. */
  public Effect(Runnable now, Runnable atEnd, Runnable instead) {
    this(now, atEnd, instead, () -> true);
  }

  /** All of it as the operation begins. */
  public static Effect now(Runnable change) {
    return new Effect(change, NOTHING, NOTHING);
  }

  /** All of it when the operation ends. */
  public static Effect atEnd(Runnable change) {
    return new Effect(NOTHING, change, NOTHING);
  }
}
