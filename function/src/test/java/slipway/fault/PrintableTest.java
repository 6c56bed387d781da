package slipway.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.audit.Audit;
import slipway.audit.AuditLine;
import slipway.record.RecordJson;

/** Nothing that moves a cursor, hides a text or turns it around stands raw anywhere. */
class PrintableTest {
  /** Cc, Cf, Zl, Zp, Cs: the categories of Unicode that a terminal obeys or does not show. */
  private static final List<Integer> HARMFUL =
      IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
          .filter(PrintableTest::isHarmful)
          .boxed()
          .toList();

  private static boolean isHarmful(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }

  static Stream<String> texts() {
    String all = HARMFUL.stream().map(Character::toString).reduce("", String::concat);
    return Stream.of(
        "a\u009b31mb", "invoice\u202egnp.exe", "\u2028\u2029\u0085", "\udc00\ud800", all);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void messagesAndNextStepsHoldNoneOfThem(String text) {
    Rejection rejection = new Rejection("code", new Finding(text, text, text), text);

    for (String shown : List.of(rejection.getMessage(), rejection.nextStep(), Printable.of(text))) {
      assertThat(shown.codePoints().filter(PrintableTest::isHarmful)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aRecordHoldsNoneOfThemAndSaysTheSame(String text) {
    String json = RecordJson.write(Map.of(text, text)).strip();

    assertThat(json.replace("\n", "").codePoints().filter(PrintableTest::isHarmful)).isEmpty();
    assertThat(JsonParser.parseString(json).getAsJsonObject().get(text).getAsString())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aLineOfTheLogHoldsNoneOfThem(String text) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();

    new Audit(new PrintStream(log, true, UTF_8), () -> Instant.EPOCH)
        .write(AuditLine.info("event", text).with("object", text).with("all", Map.of("x", text)));

    String line = log.toString(UTF_8).stripTrailing();
    assertThat(line.codePoints().filter(PrintableTest::isHarmful)).isEmpty();
    assertThat(JsonParser.parseString(line).getAsJsonObject().get("object").getAsString())
        .isEqualTo(text);
  }
}
