package localcloud.world;

import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What every part of the world shares: links, numbers, time and operations.
 *
 * @param door through which other threads come in with what they learnt, such as a probe's answer
 */
record Estate(
    Links links,
    Pace pace,
    Ids ids,
    Schedule schedule,
    Operations operations,
    Obstacles obstacles,
    Executor door) {

  Newborn newborn(String selfLink) {
    return new Newborn(ids.next(), selfLink, Ids.time(schedule.now()));
  }

  Operation begin(Change change, Duration usually, Effect effect) {
    return operations.begin(change, usually, effect);
  }
}
