package localcloud.world.operations;

import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import java.util.concurrent.Executor;
import localcloud.world.places.Links;

/**
 * What every part of the world shares: links, numbers, time and operations.
 *
 * @param door through which other threads come in with what they learnt, such as a probe's answer
 */
public record Estate(
    Links links,
    Pace pace,
    Ids ids,
    Schedule schedule,
    Operations operations,
    Obstacles obstacles,
    Executor door) {

  /** What a resource of this link is given if it is made now. */
  public Newborn newborn(String selfLink) {
    return new Newborn(ids.next(), selfLink, Ids.time(schedule.now()));
  }

  /** Starts a change that usually takes this long. */
  public Operation begin(Change change, Duration usually, Effect effect) {
    return operations.begin(change, usually, effect);
  }
}
