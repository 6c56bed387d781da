package slipway.prune;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.rollout.Made;
import slipway.rollout.Made.Fate;
import slipway.settings.TemplatePath;
import slipway.template.Templates.Listed;

/** What the plan decides; keep is 2, and times are in hours before now. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Sha256 SHA256 = Sha256.ofHex("ab".repeat(32));
  private static final TemplatePath PATHS =
      new TemplatePath("projects/demo/global/instanceTemplates/");

  private final List<Listed> booting = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final Set<TemplatePath> needed = new HashSet<>();

  /**
   * One deployment's image and template beside two newer good ones; {@code goes} is how many hours
   * from now on the image may be deleted, empty if that is not intended.
   */
  @ParameterizedTest(name = "{0} {1} h ago, image goes in {2} h: image {3}, template {4}")
  @CsvSource({
    // A good one beyond the two newest.
    "GOOD,      48,    , announce, keep",
    "GOOD,      48,   1, keep,     keep",
    "GOOD,      48,   0, delete,   delete",
    "GOOD,      48, -24, delete,   delete",
    // One that never served well: a person has a day to look at it.
    "UNUSED,    23,    , keep,     keep",
    "UNUSED,    23,  -1, spare,    keep",
    "UNUSED,    24,    , announce, delete",
    "UNUSED,    48,  12, keep,     delete",
    "UNUSED,    72,   0, delete,   delete",
    // What a call could not delete when a later upload overtook it.
    "OVERTAKEN,  0,    , delete,   delete",
  })
  void decidesByHowTheDeploymentEnded(
      Fate fate, int hoursAgo, @Nullable Integer goes, String image, String template) {
    deployed("site-b", 2);
    deployed("site-a", 1);
    made("site-x", fate, hoursAgo, goes);

    assertThat(action("site-x")).isEqualTo(image);
    assertThat(action(PATHS + "site-x-0a1b")).isEqualTo(template);
    assertThat(action("site-a")).isEqualTo("keep");
    assertThat(action("site-b")).isEqualTo("keep");
  }

  /** The same image, due for deletion, while something holds it. */
  @ParameterizedTest
  @CsvSource({"its own template", "a person's template"})
  void whatSomethingNeedsStaysAndIsNoLongerAnnounced(String holder) {
    deployed("site-b", 2);
    deployed("site-a", 1);
    made("site-x", Fate.GOOD, 48, 0);
    if (holder.startsWith("its")) {
      needed.add(new TemplatePath(PATHS + "site-x-0a1b"));
    } else {
      booting.add(listed(PATHS + "by-hand", "site-x"));
    }

    assertThat(action("site-x")).isEqualTo("spare");
    assertThat(reason("site-x")).endsWith(" boots it");
  }

  @Test
  void whatNoDeploymentMadeIsNotOurs() {
    deployed("site-a", 1);
    booting.add(listed(PATHS + "site-20261122-134233-4f2a9c-0a1b", "site-20261122-134233-4f2a9c"));
    booting.add(listed(PATHS + "site-a-copy", "site-a"));

    assertThat(plan()).extracting(Decision::name).containsExactly(PATHS + "site-a-0a1b", "site-a");
  }

  @Test
  void aTemplateThatItsDeploymentCouldNotNoteIsFoundByItsName() {
    String id = "site-20261122-134233-4f2a9c";
    deployed("site-a", 1);
    made.add(new Made(id, Fate.OVERTAKEN, NOW, new ImageName(id), SHA256, List.of(), null));
    booting.add(listed(PATHS + id + "-0a1b", id));
    booting.add(listed(PATHS + id + "-0a1bc", id));

    assertThat(action(PATHS + id + "-0a1b")).isEqualTo("delete");
    assertThat(plan()).extracting(Decision::name).doesNotContain(PATHS + id + "-0a1bc");
    assertThat(action(id)).as("somebody's template boots it").isEqualTo("keep");
  }

  @Test
  void anImageThatWasUsedAgainIsAsNewAsItsLastGoodEnd() {
    made("site-old", Fate.GOOD, 96, null);
    deployed("site-b", 48);
    deployed("site-a", 24);
    entry("site-again", Fate.GOOD, 1, "site-old", null);

    assertThat(action("site-old")).isEqualTo("keep");
    assertThat(action(PATHS + "site-again-0a1b")).isEqualTo("keep");
    assertThat(action(PATHS + "site-old-0a1b")).as("of the same image").isEqualTo("delete");
    assertThat(action("site-a")).isEqualTo("keep");
    assertThat(action("site-b")).isEqualTo("announce");
  }

  @Test
  void aBadTurnOfAGoodImageLosesItsTemplateAlone() {
    deployed("site-a", 48);
    entry("site-again", Fate.UNUSED, 24, "site-a", null);

    assertThat(action(PATHS + "site-again-0a1b")).isEqualTo("delete");
    assertThat(action(PATHS + "site-a-0a1b")).isEqualTo("keep");
    assertThat(action("site-a")).isEqualTo("keep");
  }

  private void deployed(String id, int hoursAgo) {
    made(id, Fate.GOOD, hoursAgo, null);
  }

  private void made(String id, Fate fate, int hoursAgo, @Nullable Integer goes) {
    entry(id, fate, hoursAgo, id, goes == null ? null : NOW.plus(Duration.ofHours(goes)));
  }

  private void entry(
      String id, Fate fate, int hoursAgo, String image, @Nullable Instant deleteAfter) {
    Instant since = NOW.minus(Duration.ofHours(hoursAgo));
    TemplatePath template = new TemplatePath(PATHS + id + "-0a1b");
    made.add(
        new Made(id, fate, since, new ImageName(image), SHA256, List.of(template), deleteAfter));
    booting.add(listed(template.value(), image));
  }

  private static Listed listed(String path, String... images) {
    return new Listed(
        new TemplatePath(path), Arrays.stream(images).map(ImageName::new).collect(toSet()));
  }

  private String action(String name) {
    return decision(name).action().toString();
  }

  private String reason(String name) {
    return decision(name).reason();
  }

  private Decision decision(String name) {
    return plan().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private List<Decision> plan() {
    return Retention.decide(Inventory.of(made, booting, needed), 2, NOW);
  }
}
