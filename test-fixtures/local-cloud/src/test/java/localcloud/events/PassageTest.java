package localcloud.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import localcloud.clock.ManualClock;
import localcloud.faults.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events on a passage that the faults make worse. */
class PassageTest {
  private static final Instant START = Instant.parse("2026-11-22T13:42:33Z");
  private static final String UPLOADS = "mir-riseos";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final Faults faults = new Faults("demo");
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @Test
  void aDoubledEventIsDeliveredTwiceAtTheSameMoment() throws Exception {
    set("{'on':'event','do':'duplicate'}");
    CyclicBarrier both = new CyclicBarrier(2);
    EventTarget waitsForTheOther =
        event -> {
          try {
            both.await(60, TimeUnit.SECONDS);
          } catch (Exception alone) {
            return 500;
          }
          taken.add(event.id());
          return 200;
        };

    deliver(waitsForTheOther, "a");

    assertThat(taken).hasSize(2).containsOnly(taken.get(0));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLateEventIsOvertakenByTheNext() throws Exception {
    set("{'on':'event','object':'first','do':'late','lateSeconds':300}");

    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in(UPLOADS, "second"));
      await().until(() -> delivery.pending() == 0);
      delivery.finalized(Objects.in(UPLOADS, "first"));
      await().until(() -> delivery.pending() == 0);
    }
    assertThat(taken).containsExactly("second at 0", "first at 300");
  }

  @Test
  void anEventComesAgainWhileTheFunctionCannotBeReached() throws Exception {
    set("{'on':'delivery','object':'a','atMost':3,'do':'unreachable'}");

    deliver(this::take, "a");

    assertThat(taken).containsExactly("a at 70");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCopyThatWaitsSurvivesARestart() throws Exception {
    set("{'on':'event','do':'duplicate','copies':2}");
    try (Delivery delivery = new Delivery(UPLOADS, folder, clock, passage())) {
      delivery.finalized(Objects.in(UPLOADS, "a"));
      assertThat(delivery.pending()).isEqualTo(3);
    }

    try (Delivery delivery = new Delivery(UPLOADS, folder, clock)) {
      delivery.start(this::take);
      await().until(() -> delivery.pending() == 0);
    }
    assertThat(taken).containsExactly("a at 0", "a at 0", "a at 0");
  }

  private int take(FinalizeEvent event) {
    long seconds = Duration.between(START, clock.instant()).toSeconds();
    taken.add(
        event.headers().getOrDefault("ce-subject", "").replace("objects/", "") + " at " + seconds);
    return 200;
  }

  private void deliver(EventTarget function, String object) throws Exception {
    try (Delivery delivery = new Delivery(UPLOADS, folder, clock, passage())) {
      delivery.start(function);
      delivery.finalized(Objects.in(UPLOADS, object));
      await().atMost(Duration.ofSeconds(60)).until(() -> delivery.pending() == 0);
    }
  }

  private Delivery delivery() throws Exception {
    Delivery delivery = new Delivery(UPLOADS, folder, clock, passage());
    delivery.start(this::take);
    return delivery;
  }

  private Passage passage() {
    return new Passage(faults::departures, faults::reaches);
  }

  private void set(String rule) throws Exception {
    faults.replace(("{'rules':[" + rule + "]}").replace('\'', '"'));
  }
}
