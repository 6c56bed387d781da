package slipway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import slipway.upload.Upload;

/** Brings a deployment's events to a function in the test's own process, one after the other. */
final class Deliveries {
  private static final Set<String> OPEN =
      Set.of(
          "received",
          "proven",
          "image-ready",
          "template-ready",
          "rolling",
          "soaking",
          "rolling-back");

  private final SeededCloud cloud;
  private final Wiring function;

  /** To a function whose environment says this otherwise. */
  Deliveries(SeededCloud cloud, Map<String, String> otherwise) throws IOException {
    this.cloud = cloud;
    this.function = Wiring.of(cloud.environment(otherwise));
  }

  /** Brings the event, and each note by which the deployment is handed on, until it has ended. */
  JsonObject deploy(FinalizeEvent event) throws Exception {
    do {
      bring(event);
    } while (isOpen(event));
    return cloud.record(event);
  }

  /** Brings what the deployment waits for. */
  void bring(FinalizeEvent event) throws Exception {
    function.intake().take(read(present(cloud, event)));
  }

  /** Brings this event and no other one: of the sweep, or of a note that it wrote. */
  void bringAsItIs(FinalizeEvent event) throws Exception {
    function.intake().take(read(event));
  }

  /** Whether it has not ended yet. */
  boolean isOpen(FinalizeEvent event) throws IOException, InterruptedException {
    return cloud
        .findRecord(event)
        .map(record -> OPEN.contains(record.get("stage").getAsString()))
        .orElse(true);
  }

  /** What the deployment waits for: its first event, or the note of its present turn. */
  static FinalizeEvent present(SeededCloud cloud, FinalizeEvent event)
      throws IOException, InterruptedException {
    Optional<JsonObject> record = cloud.findRecord(event);
    int turn = record.map(json -> json.get("n").getAsInt()).orElse(0);
    return turn == 0
        ? event
        : cloud.uploaded("handoff/" + record.orElseThrow().get("id").getAsString() + "/" + turn);
  }

  static Upload read(FinalizeEvent event) {
    return slipway.upload.FinalizeEvent.read(event.body().getBytes(UTF_8));
  }
}
