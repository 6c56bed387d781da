package slipway.upload;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note of the function to itself, an object in the uploads bucket whose event goes on with a
 * deployment that one call could not finish: {@code handoff/<deployment id>/<n>}. Anybody who may
 * upload can forge one: it names a record and can do no more than let its deployment go on.
 *
 * @param deployment the deployment's id
 * @param n how often the deployment was handed on, this time included; 0 of one never handed on
 * @param object the name of what was uploaded
 * @param generation its generation
 */
public record Handoff(String deployment, int n, String object, long generation) {
  /** What a scheduler creates from time to time: deployments that lost their events go on. */
  public static final String SWEEP = "handoff/sweep";

  private static final Pattern NAME =
      Pattern.compile("handoff/([a-z0-9-]{1,63})/([0-9]{1,6})(/[0-9]{1,20})?");

  /** The note that this object is; empty if somebody else's object has such a name. */
  public static Optional<Handoff> of(Upload note) {
    Matcher name = NAME.matcher(note.object());
    String object = note.metadata().get("object");
    String generation = note.metadata().getOrDefault("generation", "");
    if (!name.matches() || object == null || !generation.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Handoff(
            name.group(1), Integer.parseInt(name.group(2)), object, Long.parseLong(generation)));
  }

  /** The note's object name. */
  public String name() {
    return "handoff/" + deployment + "/" + n;
  }

  /** The note's metadata, which says where the deployment's record is. */
  public Map<String, String> metadata() {
    return Map.of("object", object, "generation", Long.toString(generation));
  }
}
