package localcloud.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** When a deployment reached each of its stages: by the function's audit lines, and its record. */
final class Timeline implements Consumer<String> {
  /** When the upload began and when it was answered, beside the record's stages. */
  static final String BEGUN = "begun";

  static final String UPLOADED = "uploaded";
  static final String DEPLOYED = "deployed";

  /** The stages of a deployment that goes well, in order. */
  static final List<String> STAGES =
      List.of(
          "received", "proven", "image-ready", "template-ready", "rolling", "soaking", DEPLOYED);

  /** The audit's lines come at once, the record is asked for now and then. */
  private static final Map<String, String> STAGE_OF_EVENT =
      Map.of(
          "upload.received", "received",
          "artifact.proven", "proven",
          "image.created", "image-ready",
          "image.reused", "image-ready",
          "template.created", "template-ready",
          "rollout.started", "rolling",
          "deployment.finished", DEPLOYED);

  private final Map<String, Watch.Moment> moments = new HashMap<>();
  private final Supplier<Watch.Moment> now;

  Timeline(Supplier<Watch.Moment> now) {
    this.now = now;
  }

  /** The first time counts. */
  synchronized void reached(String stage) {
    moments.putIfAbsent(stage, now.get());
  }

  /** Takes a line of the function's log; only the audit's lines are JSON with an event. */
  @Override
  public void accept(String line) {
    if (!line.startsWith("{")) {
      return;
    }
    try {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      JsonElement event = entry.get("event");
      if (event != null && STAGE_OF_EVENT.containsKey(event.getAsString())) {
        reached(STAGE_OF_EVENT.get(event.getAsString()));
      }
    } catch (JsonParseException notJson) {
      // The framework's own lines need not be: they are in the log file.
    }
  }

  synchronized Optional<Watch.Span> span(String from, String to) {
    Watch.Moment start = moments.get(from);
    Watch.Moment end = moments.get(to);
    return start == null || end == null
        ? Optional.empty()
        : Optional.of(Watch.Span.between(start, end));
  }
}
