package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.Sets;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import localcloud.cli.SeededCloud;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.Boundary.Fate;
import slipway.gcp.Clients;
import slipway.settings.Settings;
import slipway.time.RunningTime;

/**
 * One upload after the other, good and bad, to a group of Spot machines, while the function dies or
 * stands still, the group is resized, machines are taken away, the health check flaps and Google
 * refuses, all drawn from {@code slipway.hostile.seed}: what is drawn repeats, its timing does not.
 * A few stories, unless {@code slipway.hostile.minutes} says for how long.
 */
class HostileRunTest {
  private static final int STORIES = 10;
  private static final int MOST_DELIVERIES = 150;
  private static final Duration LEASE = Duration.ofSeconds(61);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final String FIRST = "mir-riseos-spot";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 40, "maxSurge": "3",
        "canary": {"size": "1", "soakSeconds": 5}, "progressDeadlineSeconds": 300,
        "groups": ["projects/demo/GROUP"]}}
      """
          .replace("GROUP", HostileStory.GROUP);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Long> figures = new TreeMap<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private SeededCloud cloud;
  private Settings settings;
  private Clients clients;
  private RunningTime time;
  private String goodTemplate = FIRST;
  private String goodImage = "mir-riseos-1";

  @BeforeEach
  void aGroupOfSpotMachines() throws Exception {
    cloud = new SeededCloud(folder);
    JsonObject template = cloud.compute("global/instanceTemplates/mir-riseos-1");
    List.of("id", "kind", "selfLink", "creationTimestamp").forEach(template::remove);
    template.addProperty("name", FIRST);
    JsonObject spot = new JsonObject();
    spot.addProperty("provisioningModel", "SPOT");
    spot.addProperty("instanceTerminationAction", "STOP");
    template.getAsJsonObject("properties").add("scheduling", spot);
    cloud.create("global/instanceTemplates", template.toString());
    cloud.roll(FIRST, 3);
    settings = Settings.read(cloud.environment(Map.of("TARGETS", TARGETS)));
    clients = Clients.connect(settings);
    time = RunningTime.of(settings.cloudClock());
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    threads.shutdownNow();
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void eachUploadEndsRightlyWhateverHappens() throws Exception {
    long seed = Long.getLong("slipway.hostile.seed", 17);
    long minutes = Long.getLong("slipway.hostile.minutes", 0);
    System.out.println("slipway.hostile.seed=" + seed);
    Random dice = new Random(seed);
    RunningClock system = RunningClock.startingNow(1);
    Instant until = system.instant().plus(Duration.ofMinutes(minutes));
    int stories = 0;
    try {
      while (minutes == 0 ? stories < STORIES : system.instant().isBefore(until)) {
        stories++;
        new Run(new HostileStory(stories, dice)).toItsEnd();
      }
    } finally {
      add("preemptions", preemptions());
      System.out.println(
          "seed " + seed + ": " + stories + " stories, " + figures + ", ends " + ends);
    }
  }

  /** One story, told. */
  private final class Run {
    private final HostileStory story;
    private final Set<String> images = names("global/images");
    private final Set<String> templates = names("global/instanceTemplates");
    private final List<Future<?>> frozen = new ArrayList<>();
    private final FinalizeEvent event;
    private Instant start = Instant.MAX;

    Run(HostileStory story) throws Exception {
      this.story = story;
      System.out.println(story);
      if (story.autoscaled) {
        act(HostileStory.Act.autoscaler());
      }
      event = cloud.upload("mir-riseos-" + story.number + ".tar.gz", story.kind, story.disk());
      cloud.strike(story.faults);
    }

    void toItsEnd() throws Exception {
      for (int deliveries = 0; isOpen(); deliveries++) {
        assertThat(deliveries).as(this::toString).isLessThan(MOST_DELIVERIES);
        deliver();
      }
      for (Future<?> call : frozen) {
        await().atMost(Duration.ofMinutes(1)).until(call::isDone);
      }
      JsonObject struck = cloud.calm();
      assertThat(take(Boundary.none())).as("what comes once more is taken, and ignored").isTrue();
      add("refusals and other faults", HostileStory.struck(struck, ""));
      setRight();
      judge(struck);
    }

    /** Brings what the deployment waits for, and what fails comes again. */
    private void deliver() throws Exception {
      Boundary boundary = story.boundaries.isEmpty() ? Boundary.none() : story.boundaries.poll();
      Future<Boolean> call = threads.submit(() -> take(boundary));
      while (!call.isDone() && !boundary.isReached()) {
        pass(LOOK);
      }
      if (!boundary.isReached()) {
        pass(call.get() ? Duration.ZERO : Duration.ofSeconds(10));
      } else if (boundary.fate() == Fate.DIES) {
        add("kills", 1);
        call.get();
        pass(LEASE);
      } else {
        add("freezes", 1);
        frozen.add(call);
        threads.submit(
            () -> {
              time.sleep(story.frozen);
              boundary.release();
              return true;
            });
        pass(LEASE);
      }
    }

    /** Whether it need not come again. */
    private boolean take(Boundary around) {
      try {
        around
            .intake(clients, settings, time, settings.call())
            .take(Deliveries.read(Deliveries.present(cloud, event)));
        return true;
      } catch (Boundary.Died | Exception comesAgain) {
        System.out.println("comes again: " + comesAgain);
        return false;
      }
    }

    /** Lets cloud time pass, and does to the group what is due meanwhile. */
    private void pass(Duration span) throws Exception {
      Instant until = time.instant().plus(span);
      do {
        if (start.equals(Instant.MAX) && isRolling()) {
          start = time.instant();
        }
        while (!story.acts.isEmpty()
            && start.isBefore(time.instant().minus(story.acts.peek().after()))) {
          act(story.acts.poll());
        }
        time.sleep(LOOK);
      } while (time.instant().isBefore(until));
    }

    private boolean isRolling() throws Exception {
      return cloud
          .findRecord(event)
          .filter(one -> !one.getAsJsonArray("groups").isEmpty())
          .isPresent();
    }

    private boolean isOpen() throws Exception {
      return cloud
          .findRecord(event)
          .map(record -> record.get("finishedAt").isJsonNull() || !record.get("lease").isJsonNull())
          .orElse(true);
    }

    /** The group as it was: what a deployment left has to hold in it. */
    private void setRight() throws Exception {
      act(HostileStory.Act.flap(Duration.ZERO, false));
      if (story.autoscaled) {
        act(HostileStory.Act.noAutoscaler());
      }
      cloud.patch(HostileStory.GROUP, "{\"targetSize\": 3}");
    }

    /** By the cloud's state. */
    private void judge(JsonObject struck) throws Exception {
      JsonObject record = cloud.record(event);
      String stage = text(record, "stage");
      JsonElement code = record.getAsJsonObject("verdict").get("code");
      ends.merge(stage + (code.isJsonNull() ? "" : " " + code.getAsString()), 1, Integer::sum);
      System.out.println(story.upload + " ended as " + stage + " " + code);
      String right =
          switch (story.upload) {
            case GOOD -> "deployed";
            case NOT_A_DISK -> "rejected";
            case NEVER_HEALTHY, FAILS_LATE -> "rolled-back";
          };
      boolean explained = !stage.equals("deployed") && story.isExplained(struck, code);
      if (!explained) {
        assertThat(stage).as(() -> this + ": " + record).isEqualTo(right);
      }
      if (stage.equals("rollback-failed")) {
        cloud.roll(goodTemplate, 3);
      }
      nothingIsOrphaned(record);
      boolean deployed = stage.equals("deployed");
      goodTemplate = deployed ? newTemplate(record) : goodTemplate;
      goodImage = deployed && code.getAsString().equals("healthy") ? text(record, "id") : goodImage;
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(cloud.serves(goodTemplate)).as(this + ": " + record).isTrue());
      assertThat(text(cloud.compute("global/images/family/mir-riseos"), "name"))
          .as(this::toString)
          .isEqualTo(goodImage);
    }

    private void nothingIsOrphaned(JsonObject record) throws Exception {
      Set<String> made = new HashSet<>();
      if (!record.get("image").isJsonNull()) {
        made.add(text(record.getAsJsonObject("image"), "name"));
      }
      assertThat(Sets.difference(names("global/images"), images))
          .as(() -> this + ": " + record)
          .isEqualTo(made);
      boolean cloned = !record.getAsJsonArray("groups").isEmpty();
      assertThat(Sets.difference(names("global/instanceTemplates"), templates))
          .as(() -> this + ": " + record)
          .isEqualTo(cloned ? Set.of(newTemplate(record)) : Set.of());
      assertThat(cloud.objects("mir-riseos-private"))
          .as(this::toString)
          .noneMatch(name -> name.startsWith("proven/"));
    }

    @Override
    public String toString() {
      return story.toString();
    }
  }

  private void act(HostileStory.Act act) throws Exception {
    String endpoint = String.valueOf(cloud.environment(Map.of()).get("COMPUTE_ENDPOINT"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(endpoint + act.path()))
                .method(act.verb(), BodyPublishers.ofString(act.body().replace('\'', '"')))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(act + ": " + answer.body()).isEqualTo(200);
    if (!act.figure().isEmpty()) {
      System.out.println(act);
      add(act.figure(), 1);
    }
  }

  private void add(String what, long count) {
    figures.merge(what, count, Long::sum);
  }

  private static String newTemplate(JsonObject record) {
    String path = text(record.getAsJsonArray("groups").get(0).getAsJsonObject(), "newTemplate");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private long preemptions() throws Exception {
    return items("zones/us-west1-a/operations")
        .filter(one -> text(one, "operationType").equals("compute.instances.preempted"))
        .count();
  }

  private Set<String> names(String collection) throws Exception {
    Set<String> names = new HashSet<>();
    items(collection).forEach(one -> names.add(text(one, "name")));
    return names;
  }

  private Stream<JsonObject> items(String collection) throws IOException, InterruptedException {
    List<JsonObject> items = new ArrayList<>();
    JsonObject page = cloud.compute(collection);
    while (true) {
      if (page.has("items")) {
        page.getAsJsonArray("items").forEach(one -> items.add(one.getAsJsonObject()));
      }
      if (!page.has("nextPageToken")) {
        return items.stream();
      }
      page = cloud.compute(collection + "?pageToken=" + text(page, "nextPageToken"));
    }
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
