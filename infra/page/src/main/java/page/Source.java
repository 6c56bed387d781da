package page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import page.Api.Answer;
import page.Api.Question;

/** One part of what the page shows, asked for in rounds of as few calls as it takes. */
interface Source {
  /** What its trouble is called after. */
  String name();

  /** Begins a round: whatever was read before may have changed. */
  void begin();

  /** Whether anything is left to ask in this round. */
  boolean wants(Wishes wishes);

  /** What to ask next, in at most so many calls; at least one if it wants anything. */
  List<Question> ask(Wishes wishes, int most);

  /**
   * Takes the answers to what it asked last.
   *
   * @throws Trouble if they are not what was to be expected: then what was read before stays
   */
  void take(List<Answer> answers) throws IOException, InterruptedException;

  /** Adds its cells as they were read last, each under a key that no other source has. */
  void fill(Wishes wishes, Map<String, JsonObject> cells);
}
