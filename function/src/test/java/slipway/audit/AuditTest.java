package slipway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final Instant NOW = Instant.parse("2026-11-22T13:42:33Z");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Audit audit =
      new Audit(new PrintStream(written, true, UTF_8), InstantSource.fixed(NOW));

  @Test
  void writesOneLineInCloudLoggingsForm() {
    audit.write(
        new AuditLine(Severity.NOTICE, "deployment.finished", "Done.", Map.of("count", 3)),
        new Audit.Operation("site-1", "site"),
        Audit.Position.LAST);

    JsonObject line = line();
    assertThat(line.get("severity").getAsString()).isEqualTo("NOTICE");
    assertThat(line.get("time").getAsString()).isEqualTo("2026-11-22T13:42:33Z");
    assertThat(line.get("event").getAsString()).isEqualTo("deployment.finished");
    assertThat(line.get("deployment").getAsString()).isEqualTo("site-1");
    assertThat(line.get("target").getAsString()).isEqualTo("site");
    assertThat(line.get("count").getAsInt()).isEqualTo(3);
    assertThat(line.get("logging.googleapis.com/operation"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"id\":\"site-1\",\"producer\":\"slipway\",\"first\":false,\"last\":true}"));
    assertThat(line.get("logging.googleapis.com/labels"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"slipway-deployment\":\"site-1\",\"slipway-target\":\"site\"}"));
  }

  @Test
  void escapesWhatWouldBreakTheLine() {
    audit.write(AuditLine.info("call.failed", "a\tb\nc\"d\u2028"));

    assertThat(written.toString(UTF_8)).hasLineCount(1).doesNotContain("\t");
    assertThat(line().get("message").getAsString()).isEqualTo("a\tb\nc\"d\u2028");
  }

  @Test
  void staysBelowTheLargestEntryThatCloudLoggingTakes() {
    audit.write(AuditLine.info("call.failed", "統".repeat(100_000)));

    assertThat(written.size()).isLessThan(256_000);
    assertThat(line().get("message").getAsString()).endsWith("(shortened)");
  }

  @Test
  void factsCannotHideWhatEveryLineHas() {
    audit.write(AuditLine.info("e", "m").with("severity", "DEBUG").with("list", List.of("a")));

    assertThat(line().get("severity").getAsString()).isEqualTo("INFO");
    assertThat(line().get("list").toString()).isEqualTo("[\"a\"]");
  }

  private JsonObject line() {
    return JsonParser.parseString(written.toString(UTF_8)).getAsJsonObject();
  }
}
