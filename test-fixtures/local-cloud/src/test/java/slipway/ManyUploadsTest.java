package slipway;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** A hundred uploads at once, good and bad, through storage, delivery and real invokers. */
class ManyUploadsTest {
  private static final int UPLOADS = 100;
  private static final int INSTANCES = 4;
  private static final List<Kind> BAD =
      List.of(Kind.PAX, Kind.TEXT, Kind.BAD_CRC, Kind.TWO_MEMBERS, Kind.TRUNCATED);

  /** Deadlines that a busy machine does not reach: cloud time runs 50 times as fast. */
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3",
        "progressDeadlineSeconds": 20000, "totalDeadlineSeconds": 80000,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir Path folder;

  @Test
  void everyOneGetsItsRecordAndTheNewestGoodOneRuns() throws Exception {
    RunningClock system = RunningClock.startingNow(1);
    try (SeededCloud cloud = new SeededCloud(folder)) {
      cloud.startFunction(INSTANCES, Map.of("TARGETS", TARGETS));
      Instant start = system.instant();
      List<FinalizeEvent> events = uploadAll(cloud);
      Instant uploaded = system.instant();
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> finished(cloud, events).size() == UPLOADS);
      System.out.printf(
          Locale.ROOT,
          "%d uploads: uploaded in %d ms, all ended in %d ms more%n",
          UPLOADS,
          Duration.between(start, uploaded).toMillis(),
          Duration.between(uploaded, system.instant()).toMillis());

      List<JsonObject> records = finished(cloud, events);
      Map<String, Long> stages =
          records.stream().collect(groupingBy(record -> text(record, "stage"), counting()));
      assertThat(stages).containsOnlyKeys("deployed", "superseded", "rejected");
      assertThat(stages).containsEntry("rejected", (long) UPLOADS / 2);
      JsonObject newest =
          records.stream()
              .filter(record -> !text(record, "stage").equals("rejected"))
              .max(
                  Comparator.comparing(ManyUploadsTest::uploadedAt)
                      .thenComparing(ManyUploadsTest::generation))
              .orElseThrow();
      assertThat(text(newest, "stage")).isEqualTo("deployed");
      String id = text(newest, "id");
      assertThat(cloud.running()).hasSize(3).allSatisfy(one -> assertThat(one).startsWith(id));
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  private static List<FinalizeEvent> uploadAll(SeededCloud cloud) throws Exception {
    List<Future<FinalizeEvent>> running = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
    for (int i = 0; i < UPLOADS; i++) {
      String object = "mir-riseos-" + i + ".tar.gz";
      Kind kind = i % 2 == 0 ? Kind.SPARSE : BAD.get(i % BAD.size());
      SimulatedDisk disk = SimulatedDisk.healthy(Integer.toString(i));
      running.add(threads.submit(() -> cloud.upload(object, kind, disk)));
    }
    threads.shutdown();
    List<FinalizeEvent> events = new ArrayList<>();
    for (Future<FinalizeEvent> one : running) {
      events.add(one.get());
    }
    return events;
  }

  private static List<JsonObject> finished(SeededCloud cloud, List<FinalizeEvent> events)
      throws Exception {
    List<JsonObject> records = new ArrayList<>();
    for (FinalizeEvent event : events) {
      cloud
          .findRecord(event)
          .filter(record -> !record.get("finishedAt").isJsonNull())
          .ifPresent(records::add);
    }
    return records;
  }

  private static Instant uploadedAt(JsonObject record) {
    return Instant.parse(text(record.getAsJsonObject("upload"), "timeCreated"));
  }

  private static long generation(JsonObject record) {
    return record.getAsJsonObject("upload").get("generation").getAsLong();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
