package page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import page.Api.Answer;
import page.Api.Asked;
import page.Api.Question;

/** When a source is asked that has three questions in each round. */
class TurnTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final List<String> asked = new ArrayList<>();
  private String trouble = "";
  private int left;

  private final Source source =
      new Source() {
        @Override
        public String name() {
          return "records";
        }

        @Override
        public void begin() {
          left = 3;
        }

        @Override
        public boolean wants(Wishes wishes) {
          return left > 0;
        }

        @Override
        public List<Question> ask(Wishes wishes, int most) {
          asked.add(most == 1 ? "one" : "all");
          return List.of(Question.get("http://cloud", "a.b.get"));
        }

        @Override
        public void take(List<Answer> answers) {
          left--;
        }

        @Override
        public void fill(Wishes wishes, Map<String, JsonObject> cells) {
          cells.put("filled", new JsonObject());
        }
      };

  private Asked answered(List<Question> questions) {
    return () -> {
      if (!trouble.isEmpty()) {
        throw Trouble.refused(trouble, "a.b.get", "me");
      }
      return List.of(new Answer("http://cloud", 200, "{}", 0));
    };
  }

  @Test
  void withoutPausesEachLookIsAWholeRound() throws Exception {
    Turn turn = new Turn(source, this::answered, Duration.ZERO);

    look(turn, 0);
    look(turn, 0);

    assertThat(asked).containsExactly("all", "all", "all", "all", "all", "all");
  }

  @Test
  void withPausesTheFirstRoundComesAtOnceAndThenOneCallInEach() throws Exception {
    Turn turn = new Turn(source, this::answered, Duration.ofSeconds(6));

    look(turn, 0);
    assertThat(asked).containsExactly("all", "all", "all");
    for (int second = 1; second < 60; second++) {
      look(turn, second);
    }

    assertThat(asked.subList(3, asked.size())).hasSize(9).containsOnly("one");
  }

  @Test
  void whatPeopleOpenComesAtOnceWithoutANewRound() throws Exception {
    Turn turn = new Turn(source, this::answered, Duration.ofSeconds(6));
    look(turn, 0);
    look(turn, 6);
    assertThat(left).isEqualTo(2);

    turn.hurry();
    look(turn, 7);
    look(turn, 8);

    assertThat(asked).containsExactly("all", "all", "all", "one", "all", "all");
  }

  @Test
  void troubleIsToldSinceItBeganAndWhatWasReadStays() throws Exception {
    Turn turn = new Turn(source, this::answered, Duration.ofSeconds(6));
    trouble = "Required 'compute.instanceGroupManagers.list' permission for 'projects/demo'";
    look(turn, 0);
    look(turn, 6);

    assertThat(asked).containsExactly("all", "one");
    Map<String, JsonObject> cells = cells(turn);
    assertThat(cells).containsKey("filled");
    assertThat(cells.get("trouble/records"))
        .hasToString(
            "{\"what\":\"me may not read this: compute.instanceGroupManagers.list is missing.\","
                + "\"permission\":\"compute.instanceGroupManagers.list\",\"who\":\"me\","
                + "\"since\":\"2026-11-22T12:00:00Z\"}");

    trouble = "";
    look(turn, 12);
    assertThat(cells(turn)).containsOnlyKeys("filled");
  }

  private static Map<String, JsonObject> cells(Turn turn) {
    Map<String, JsonObject> cells = new TreeMap<>();
    turn.fill(Wishes.NONE, cells);
    return cells;
  }

  /** As the board looks, at so many seconds after noon. */
  private static void look(Turn turn, int second) throws InterruptedException {
    Instant now = NOON.plusSeconds(second);
    turn.begin(now, Wishes.NONE);
    while (turn.wants(Wishes.NONE)) {
      turn.ask(now, Wishes.NONE);
      turn.take(now);
    }
    turn.end();
  }
}
