package slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import slipway.fault.Printable;

/**
 * The audit: one JSON object a line in Cloud Logging's structured form. Written here and not by the
 * framework's own log handler, which leaves tabs unescaped and so breaks the JSON.
 */
public final class Audit {
  /** In characters of up to 3 bytes: Cloud Logging refuses an entry above 256 KB. */
  private static final int LONGEST_MESSAGE = 60_000;

  /** Made with the first line, so that no cold start waits for it before its first call. */
  private static final class Json {
    static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  }

  private final PrintStream out;
  private final InstantSource clock;

  /** Writes to standard output, which the platform collects, in UTF-8 whatever the locale. */
  public static Audit toStandardOutput(InstantSource clock) {
    return new Audit(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8), clock);
  }

  /** Writes to this stream. */
  public Audit(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Writes a line that belongs to no deployment. */
  public void write(AuditLine line) {
    write(line, null, Position.MIDDLE);
  }

  /** Writes a line of one deployment, which Cloud Logging shows together as one operation. */
  public void write(AuditLine line, @Nullable Operation operation, Position position) {
    print(line, operation, position, entry(line, clock.instant()));
  }

  /**
   * Writes a line that a deployment has once, and that may have been written before: Cloud Logging
   * takes entries of one project, {@code time} and {@code insertId} for one and the same when it is
   * asked (not when it exports), see {@code LogEntry.insert_id} of its API.
   *
   * @param time the same each time it is written
   */
  public void writeOnce(AuditLine line, Operation operation, Position position, Instant time) {
    Map<String, Object> entry = entry(line, time);
    entry.put("logging.googleapis.com/insertId", operation.id() + "/" + line.event());
    print(line, operation, position, entry);
  }

  private static Map<String, Object> entry(AuditLine line, Instant time) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("severity", line.severity().name());
    entry.put("time", time.toString());
    entry.put("message", shortened(line.message()));
    entry.put("event", line.event());
    return entry;
  }

  private void print(
      AuditLine line, @Nullable Operation operation, Position position, Map<String, Object> entry) {
    if (operation != null) {
      entry.put("deployment", operation.id());
      entry.put("target", operation.target());
      entry.put("logging.googleapis.com/operation", operation(operation, position));
      entry.put("logging.googleapis.com/labels", labels(operation));
    }
    line.facts().forEach(entry::putIfAbsent);
    out.println(Printable.json(Json.GSON.toJson(entry)));
  }

  private static Map<String, Object> operation(Operation operation, Position position) {
    return Map.of(
        "id",
        operation.id(),
        "producer",
        "slipway",
        "first",
        position == Position.FIRST,
        "last",
        position == Position.LAST);
  }

  private static Map<String, String> labels(Operation operation) {
    return Map.of("slipway-deployment", operation.id(), "slipway-target", operation.target());
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + " ... (shortened)";
  }

  /**
   * The deployment that a line belongs to, which Cloud Logging calls an operation.
   *
   * @param id the deployment's id
   * @param target its target's name
   */
  public record Operation(String id, String target) {}

  /** Where a line stands among those of its deployment. */
  public enum Position {
    /** It begins the deployment. */
    FIRST,
    /** It stands between the first and the last. */
    MIDDLE,
    /** It ends the deployment. */
    LAST
  }
}
