package localcloud.world;

import com.google.cloud.compute.v1.Operation;
import java.time.Duration;

/** What every part of the world shares: links, numbers, time and operations. */
record Estate(Links links, Pace pace, Ids ids, Schedule schedule, Operations operations) {

  Newborn newborn(String selfLink) {
    return new Newborn(ids.next(), selfLink, Ids.time(schedule.now()));
  }

  Operation begin(Change change, Duration takes, Runnable atEnd) {
    return operations.begin(change, takes, atEnd);
  }

  Operation begin(Change change, Duration takes) {
    return operations.begin(change, takes, () -> {});
  }
}
