package page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;

/** One part of what the page shows, asked for in rounds of as few calls as it takes. */
interface Source {
  /** What its trouble is called after. */
  String name();

  /** Begins a round: whatever was read before may have changed. */
  void begin();

  /** Whether anything is left to ask in this round. */
  boolean wants(Wishes wishes);

  /**
   * Asks, with at most so many calls.
   *
   * @throws Trouble if Google refuses or does not answer: then what was read before stays
   */
  void ask(Wishes wishes, int most) throws IOException, InterruptedException;

  /** Adds its cells as they were read last, each under a key that no other source has. */
  void fill(Wishes wishes, Map<String, JsonObject> cells);
}
