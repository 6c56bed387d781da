package localcloud.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import localcloud.clock.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final Instant START = Instant.parse("2026-11-22T13:42:33Z");
  private static final String UPLOADS = "mir-riseos";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(START);
  private FakeFunction function;

  @BeforeEach
  void startFunction() throws Exception {
    function = new FakeFunction(clock);
  }

  @AfterEach
  void stopFunction() {
    function.close();
  }

  @Test
  void anEventThatIsTakenIsDeliveredOnceWithItsHeadersAndBody() throws Exception {
    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in(UPLOADS, "mir-riseos-2.tar.gz"));
      awaitNothingPending(delivery);
    }
    FinalizeEvent expected = FinalizeEvent.of(Objects.in(UPLOADS, "mir-riseos-2.tar.gz"));
    assertThat(function.calls())
        .containsExactly(
            new FakeFunction.Call(
                START, expected.id(), "objects/mir-riseos-2.tar.gz", expected.body()));
  }

  @Test
  void eventsOfOtherBucketsStayAway() throws Exception {
    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in("mir-riseos-records", "deployments/a/1.json"));
      delivery.finalized(Objects.in("mir-riseos-private", "a"));
      delivery.finalized(Objects.in(UPLOADS, "b"));
      awaitNothingPending(delivery);
    }
    assertThat(function.calls())
        .extracting(FakeFunction.Call::subject)
        .containsExactly("objects/b");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 404, 302, FakeFunction.LOST})
  void anythingButSuccessComesAgain(int answer) throws Exception {
    function.answering(answer);
    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in(UPLOADS, "a"));
      awaitNothingPending(delivery);
    }
    assertThat(function.calls())
        .extracting(FakeFunction.Call::at)
        .containsExactly(START, START.plusSeconds(10));
    assertThat(function.calls()).extracting(FakeFunction.Call::id).hasSize(2).containsOnly(id());
  }

  @Test
  void backOffDoublesFromTenToSixHundredSeconds() throws Exception {
    function.answering(500, 500, 500, 500, 500, 500, 500, 500);
    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in(UPLOADS, "a"));
      awaitNothingPending(delivery);
    }
    assertThat(function.calls())
        .extracting(call -> Duration.between(START, call.at()).toSeconds())
        .containsExactly(0L, 10L, 30L, 70L, 150L, 310L, 630L, 1230L, 1830L);
  }

  @Test
  void anEventIsDroppedAfterADay() throws Exception {
    function.always(500);
    try (Delivery delivery = delivery()) {
      delivery.finalized(Objects.in(UPLOADS, "a"));
      awaitNothingPending(delivery);
    }
    Instant last = function.calls().get(function.calls().size() - 1).at();
    assertThat(last).isBetween(START.plusSeconds(24 * 3600 - 600), START.plusSeconds(24 * 3600));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anEventThatWaitsSurvivesARestart() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    EventTarget neverAnswers =
        event -> {
          called.countDown();
          new CountDownLatch(1).await();
          return 200;
        };
    try (Delivery delivery = new Delivery(UPLOADS, folder, clock)) {
      delivery.start(neverAnswers);
      delivery.finalized(Objects.in(UPLOADS, "a"));
      called.await();
    }
    assertThat(function.calls()).isEmpty();

    try (Delivery delivery = delivery()) {
      awaitNothingPending(delivery);
    }
    assertThat(function.calls()).extracting(FakeFunction.Call::id).containsExactly(id());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anEventFromBeforeTheStartIsDeliveredAfterIt() throws Exception {
    try (Delivery delivery = new Delivery(UPLOADS, folder, clock)) {
      delivery.finalized(Objects.in(UPLOADS, "a"));
      assertThat(delivery.pending()).isEqualTo(1);

      delivery.start(new HttpTarget(function.url(), Duration.ofSeconds(30)));
      awaitNothingPending(delivery);
    }
    assertThat(function.calls()).extracting(FakeFunction.Call::id).containsExactly(id());
  }

  @Test
  void anEventThatComesWhileItStopsIsKeptForTheNextStart() throws Exception {
    Delivery stopped = delivery();
    stopped.close();
    stopped.finalized(Objects.in(UPLOADS, "a"));
    assertThat(function.calls()).isEmpty();

    try (Delivery delivery = delivery()) {
      awaitNothingPending(delivery);
    }
    assertThat(function.calls()).extracting(FakeFunction.Call::id).containsExactly(id());
  }

  @Test
  void oneEventThatWaitsHoldsUpNoOther() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    EventTarget holdsA =
        event -> {
          if (event.body().contains("\"name\":\"a\"")) {
            new CountDownLatch(1).await();
          }
          taken.countDown();
          return 204;
        };
    try (Delivery delivery = new Delivery(UPLOADS, folder, clock)) {
      delivery.start(holdsA);
      delivery.finalized(Objects.in(UPLOADS, "a"));
      delivery.finalized(Objects.in(UPLOADS, "b"));
      taken.await();
      await().untilAsserted(() -> assertThat(delivery.pending()).isEqualTo(1));
    }
  }

  @Test
  void aCallBeyondItsLimitIsNoAnswer() throws Exception {
    function.always(FakeFunction.NEVER);
    HttpTarget target = new HttpTarget(function.url(), Duration.ofMillis(100));

    assertThatThrownBy(() -> target.post(FinalizeEvent.of(Objects.in(UPLOADS, "a"))))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void backOffTable() {
    assertThat(List.of(1, 2, 3, 6, 7, 8, 500))
        .extracting(failures -> BackOff.after(failures).toSeconds())
        .containsExactly(10L, 20L, 40L, 320L, 600L, 600L, 600L);
  }

  private static String id() throws Exception {
    return FinalizeEvent.of(Objects.in(UPLOADS, "a")).id();
  }

  private Delivery delivery() throws Exception {
    Delivery delivery = new Delivery(UPLOADS, folder, clock);
    delivery.start(new HttpTarget(function.url(), Duration.ofSeconds(30)));
    return delivery;
  }

  private static void awaitNothingPending(Delivery delivery) {
    await().atMost(Duration.ofSeconds(60)).until(() -> delivery.pending() == 0);
  }
}
