package slipway.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step, as the log tells it.
 *
 * @param severity who must act on it
 * @param event the stable code, such as {@code artifact.proven}; README lists them all
 * @param message a sentence for people
 * @param facts for machines; values are texts, numbers, booleans, or maps and lists of these
 */
public record AuditLine(
    Severity severity, String event, String message, Map<String, Object> facts) {

  /** A step that went as it should, without further facts. */
  public static AuditLine info(String event, String message) {
    return new AuditLine(Severity.INFO, event, message, Map.of());
  }

  /** The same with one fact more. */
  public AuditLine with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(key, value);
    return new AuditLine(severity, event, message, more);
  }
}
