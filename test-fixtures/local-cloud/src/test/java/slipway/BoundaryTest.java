package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.Boundary.Fate;
import slipway.gcp.Clients;
import slipway.settings.Settings;
import slipway.time.RunningTime;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * Over HTTP: at each outside call that a deployment makes, before and after its effect, the
 * function dies or stands still for longer than its lease, while its event is delivered again. One
 * cloud for each story, since they wait most of the time and do so side by side; each boundary has
 * uploads of its own. A seeded sample, unless {@code slipway.boundaries} is {@code all}; CrashTest
 * takes them all, against fakes.
 */
class BoundaryTest {
  private static final long SEED = 7;
  private static final Duration LEASE = Duration.ofSeconds(61);

  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3",
        "canary": {"size": "0", "soakSeconds": 0}, "progressDeadlineSeconds": DEADLINE,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir static Path folder;
  private static final Map<Story, Stage> STAGES = new EnumMap<>(Story.class);

  /** How the deployment would go if nothing happened. */
  private enum Story {
    GOOD(900),
    /** Waits for its deadline each time. */
    BAD(180),
    OVERTAKEN(900);

    /** Seconds of progress that a busy machine is granted, of which it has 50 in one of its own. */
    private final int deadline;

    Story(int deadline) {
      this.deadline = deadline;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    for (Story story : Story.values()) {
      STAGES.put(story, new Stage(story));
    }
  }

  @AfterAll
  static void stop() {
    STAGES.values().forEach(Stage::close);
  }

  @Test
  void whereverAFunctionDiesTheNextDeliveryEndsItRightly() throws Exception {
    inEachStory(Fate.DIES, false);
  }

  @Test
  void alsoWithASecondDeliveryBesideIt() throws Exception {
    inEachStory(Fate.DIES, true);
  }

  @Test
  void oneThatStoodStillBeyondItsLeaseChangesNothingMore() throws Exception {
    inEachStory(Fate.FREEZES, false);
  }

  private static void inEachStory(Fate fate, boolean beside) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Callable<Void>> stories = new ArrayList<>();
      STAGES.values().forEach(stage -> stories.add(() -> stage.atEachBoundary(fate, beside)));
      for (Future<Void> told : threads.invokeAll(stories)) {
        told.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A cloud of its own for one story. */
  private static final class Stage implements AutoCloseable {
    private final Story story;
    private final SeededCloud cloud;
    private final Settings settings;
    private final Clients clients;
    private final RunningTime time;
    private int uploads;

    Stage(Story story) throws Exception {
      this.story = story;
      cloud = new SeededCloud(folder.resolve(story.name()));
      String targets = TARGETS.replace("DEADLINE", Integer.toString(story.deadline));
      settings = Settings.read(cloud.environment(Map.of("TARGETS", targets)));
      clients = Clients.connect(settings);
      time = RunningTime.of(settings.cloudClock());
    }

    @Override
    public void close() {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }

    @Nullable Void atEachBoundary(Fate fate, boolean beside) throws Exception {
      Boundary recorded = Boundary.none();
      new Run(recorded, false).toItsEnd();
      List<String> calls = recorded.calls();
      assertThat(calls).hasSizeGreaterThan(30);
      boolean all = System.getProperty("slipway.boundaries", "").equals("all");
      List<Boundary> chosen =
          all
              ? Boundary.all(calls, fate)
              : Boundary.sample(calls, fate, new Random(SEED + story.ordinal()));
      int most = beside && !all ? chosen.size() / 2 : chosen.size();
      int reached = 0;
      for (Boundary boundary : chosen.subList(0, most)) {
        new Run(boundary, beside).toItsEnd();
        reached += boundary.isReached() ? 1 : 0;
      }
      sweep();
      assertThat(cloud.objects("mir-riseos-private")).noneMatch(name -> name.startsWith("open/"));
      String what = story + " " + fate + (beside ? " beside another delivery: " : ": ");
      System.out.println(
          what + reached + " of " + 2 * calls.size() + " boundaries, each ended rightly");
      assertThat(reached).isPositive();
      return null;
    }

    private void deliver(Upload event, Boundary around, Duration call) throws Exception {
      around.intake(clients, settings, time, call).take(event);
    }

    private void sweep() throws Exception {
      Instant now = time.instant();
      Upload event =
          new Upload("mir-riseos", Handoff.SWEEP, now.toEpochMilli(), now, 0, "", null, Map.of());
      deliver(event, Boundary.none(), settings.call());
    }

    private final class Run {
      private final Boundary boundary;
      private final boolean beside;
      private final List<FinalizeEvent> events = new ArrayList<>();
      private final String before = cloud.running().get(0);
      private final String family = family();
      private final Set<String> images = names("global/images");
      private final Set<String> templates = names("global/instanceTemplates");

      Run(Boundary boundary, boolean beside) throws Exception {
        this.boundary = boundary;
        this.beside = beside;
      }

      void toItsEnd() throws Exception {
        SimulatedDisk disk = SimulatedDisk.healthy(UUID.randomUUID().toString());
        events.add(
            cloud.upload(name(), Kind.SPARSE, story == Story.GOOD ? disk : disk.unhealthy()));
        if (story == Story.OVERTAKEN) {
          deliverForAWhile(events.get(0));
          assertThat(isOpen(events.get(0))).as(this::toString).isTrue();
          events.add(0, cloud.upload(name(), Kind.SPARSE, disk));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> struck = threads.submit(() -> deliverAll(boundary));
        Future<?> other = beside ? threads.submit(() -> deliverAll(Boundary.none())) : struck;
        threads.shutdown();
        while (!struck.isDone() && !boundary.isReached()) {
          time.sleep(Duration.ofSeconds(5));
        }
        for (int round = 0; events.stream().anyMatch(this::isOpen); round++) {
          assertThat(round).as(this::toString).isLessThan(60);
          time.sleep(LEASE);
          deliverAll(Boundary.none());
        }
        boundary.release();
        struck.get();
        other.get();
        judge();
      }

      /** In a call that is too short, on a busy machine even for the proof. */
      private void deliverForAWhile(FinalizeEvent event) {
        try {
          deliver(event, Boundary.none(), Duration.ofSeconds(100));
        } catch (Exception comesAgain) {
          System.out.println("comes again: " + comesAgain);
        }
      }

      /** The later upload first; the one that it overtakes once it has ended. */
      private boolean deliverAll(Boundary around) {
        try {
          for (FinalizeEvent event : events) {
            deliver(event, around, settings.call());
            while (isOpen(event)) {
              deliver(Deliveries.present(cloud, event), around, settings.call());
            }
          }
          return true;
        } catch (Boundary.Died | Exception comesAgain) {
          return false;
        }
      }

      private void deliver(FinalizeEvent event, Boundary around, Duration call) throws Exception {
        Stage.this.deliver(Deliveries.read(event), around, call);
      }

      private boolean isOpen(FinalizeEvent event) {
        try {
          return cloud
              .findRecord(event)
              .map(
                  record ->
                      record.get("finishedAt").isJsonNull() || !record.get("lease").isJsonNull())
              .orElse(true);
        } catch (Exception failed) {
          throw new AssertionError(failed);
        }
      }

      /** By the cloud's state alone. */
      private void judge() throws Exception {
        JsonObject last = cloud.record(events.get(0));
        boolean bad = story == Story.BAD;
        assertThat(text(last, "stage"))
            .as(this::toString)
            .isEqualTo(bad ? "rolled-back" : "deployed");
        if (story == Story.OVERTAKEN) {
          assertThat(text(cloud.record(events.get(1)), "stage"))
              .as(this::toString)
              .isEqualTo("superseded");
        }
        judgeCompute(bad, text(last, "id"));
      }

      private void judgeCompute(boolean bad, String id) throws Exception {
        assertThat(cloud.running())
            .as(this::toString)
            .allMatch(one -> bad ? one.equals(before) : one.startsWith(id + "-"));
        assertThat(family()).as(this::toString).isEqualTo(bad ? family : id);
        assertThat(Sets.difference(names("global/images"), images))
            .as(this::toString)
            .containsExactly(id);
        assertThat(Sets.difference(names("global/instanceTemplates"), templates))
            .as(this::toString)
            .singleElement()
            .asString()
            .startsWith(id + "-");
        assertThat(cloud.objects("mir-riseos-private"))
            .as(this::toString)
            .noneMatch(name -> name.startsWith("proven/"));
      }

      @Override
      public String toString() {
        return story + (beside ? " beside another delivery" : "") + ", " + boundary;
      }
    }

    private String name() {
      return "mir-riseos-" + ++uploads + ".tar.gz";
    }

    private String family() throws Exception {
      return text(cloud.compute("global/images/family/mir-riseos"), "name");
    }

    private Set<String> names(String collection) throws Exception {
      Set<String> names = new HashSet<>();
      JsonObject page = cloud.compute(collection);
      while (true) {
        page.getAsJsonArray("items").forEach(one -> names.add(text(one.getAsJsonObject(), "name")));
        if (!page.has("nextPageToken")) {
          return names;
        }
        page = cloud.compute(collection + "?pageToken=" + text(page, "nextPageToken"));
      }
    }
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
