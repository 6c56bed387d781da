package benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;

/** A local cloud in a process of its own, whose function gets many uploads at once. */
public final class ScaleProcess {
  private static final int SPEED = 25;

  /** As many as the local cloud has by itself. */
  private static final int FUNCTION_INSTANCES = 4;

  private static final Duration LOOK = Duration.ofSeconds(1).multipliedBy(SPEED);
  private static final Duration LIMIT = Duration.ofMinutes(10).multipliedBy(SPEED);
  private static final double MIB = 1 << 20;

  private final SeededCloud cloud;
  private final Map<Long, Double> functionMib = new TreeMap<>();
  private final Map<String, Integer> ends = new TreeMap<>();

  private ScaleProcess(SeededCloud cloud) {
    this.cloud = cloud;
  }

  /** Takes a folder, how many targets, the size of each one's group, and how many uploads each. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    List<Fleet> fleets =
        IntStream.range(0, Integer.parseInt(args[1]))
            .mapToObj(i -> new Fleet("target" + i, Integer.parseInt(args[2])))
            .toList();
    try (SeededCloud cloud = new SeededCloud(Path.of(args[0]), SPEED)) {
      new ScaleProcess(cloud).measure(fleets, Integer.parseInt(args[3]));
    }
  }

  private void measure(List<Fleet> fleets, int uploads) throws IOException, InterruptedException {
    for (Fleet fleet : fleets) {
      fleet.make(cloud);
    }
    List<FinalizeEvent> events = new ArrayList<>();
    for (int version = 2; version < 2 + uploads; version++) {
      for (Fleet fleet : fleets) {
        events.add(fleet.upload(cloud, version));
      }
    }
    Stopwatch watch = Stopwatch.start();
    cloud.startFunction(FUNCTION_INSTANCES, Map.of("TARGETS", Fleet.targets(fleets)));
    awaitEnds(events);
    Child.say("seconds", watch.seconds());
    Child.say("deployed", ends.getOrDefault("deployed", 0));
    Child.say("superseded", ends.getOrDefault("superseded", 0));
    Child.say("processes", functionMib.size());
    Child.say("function", functionMib.values().stream().mapToDouble(one -> one).max().orElse(0));
    Child.say("cloud", Child.peakMib(ProcessHandle.current().pid()));
    System.gc();
    Runtime here = Runtime.getRuntime();
    Child.say("heap", (here.totalMemory() - here.freeMemory()) / MIB);
    requireNewest(fleets, events);
  }

  private void awaitEnds(List<FinalizeEvent> events) throws IOException, InterruptedException {
    List<FinalizeEvent> open = new ArrayList<>(events);
    Instant limit = cloud.clock().instant().plus(LIMIT);
    while (!open.isEmpty()) {
      Instant now = cloud.clock().instant();
      if (now.isAfter(limit)) {
        throw new IOException(open.size() + " of " + events.size() + " uploads have no end yet");
      }
      for (FinalizeEvent event : List.copyOf(open)) {
        Optional<JsonObject> record = cloud.findRecord(event).filter(Fleet::hasEnded);
        if (record.isPresent()) {
          ends.merge(record.get().get("stage").getAsString(), 1, Integer::sum);
          open.remove(event);
        }
      }
      weighFunction();
      cloud.clock().sleepUntil(now.plus(LOOK));
    }
  }

  private void weighFunction() throws IOException {
    for (long pid : cloud.functionProcesses()) {
      try {
        functionMib.put(pid, Child.peakMib(pid));
      } catch (UncheckedIOException gone) {
        functionMib.putIfAbsent(pid, 0.0);
      }
    }
  }

  /** Speed that ends with another version than the newest is worth nothing. */
  private void requireNewest(List<Fleet> fleets, List<FinalizeEvent> events)
      throws IOException, InterruptedException {
    int others =
        events.size() - ends.getOrDefault("deployed", 0) - ends.getOrDefault("superseded", 0);
    if (others > 0) {
      throw new IOException("expected uploads to end as deployed or superseded, found " + ends);
    }
    for (FinalizeEvent event : events.subList(events.size() - fleets.size(), events.size())) {
      JsonObject newest = cloud.record(event);
      if (!newest.get("stage").getAsString().equals("deployed")) {
        throw new IOException("expected each target's newest to be deployed, found " + newest);
      }
    }
  }
}
