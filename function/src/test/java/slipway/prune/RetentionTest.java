package slipway.prune;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.record.Records.Entry;
import slipway.record.Stage;
import slipway.settings.ImageSettings;
import slipway.settings.TemplatePath;
import slipway.template.Templates.Listed;

/** What the plan decides; keep is 2, and times are in hours before now. */
class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final TemplatePath PATHS =
      new TemplatePath("projects/demo/global/instanceTemplates/");

  private final List<Images.Facts> images = new ArrayList<>();
  private final List<Listed> templates = new ArrayList<>();
  private final List<Entry> deployments = new ArrayList<>();
  private final Set<TemplatePath> needed = new HashSet<>();

  /**
   * One deployment's image and template beside two newer good ones; {@code goes} is how many hours
   * from now on the image may be deleted, empty if that is not intended.
   */
  @ParameterizedTest(name = "{0} {1} {2} h ago, image goes in {3} h: image {4}, template {5}")
  @CsvSource({
    // A good one beyond the two newest.
    "DEPLOYED,    healthy,        48,    , announce, keep",
    "DEPLOYED,    healthy,        48,   1, keep,     keep",
    "DEPLOYED,    healthy,        48,   0, delete,   delete",
    "DEPLOYED,    healthy,        48, -24, delete,   delete",
    // One that never served well: a person has a day to look at it.
    "ROLLED_BACK, unhealthy,      23,    , keep,     keep",
    "ROLLED_BACK, unhealthy,      23,  -1, spare,    keep",
    "ROLLED_BACK, unhealthy,      24,    , announce, delete",
    "ROLLED_BACK, unhealthy,      48,  12, keep,     delete",
    "ROLLED_BACK, unhealthy,      72,   0, delete,   delete",
    "ROLLBACK_FAILED, deadline,   24,    , announce, delete",
    "MISCONFIGURED, quota,        24,    , announce, delete",
    "SUPERSEDED,  foreign-change, 23,    , keep,     keep",
    "SUPERSEDED,  foreign-change, 24,    , announce, delete",
    // What a call could not delete when a later upload overtook it.
    "SUPERSEDED,  overtaken,       0,    , delete,   delete",
  })
  void decidesByHowTheDeploymentEnded(
      Stage stage,
      String code,
      int hoursAgo,
      @Nullable Integer goes,
      String image,
      String template) {
    deployed("site-b", 2);
    deployed("site-a", 1);
    made("site-x", stage, code, hoursAgo, goes);

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
    made("site-x", Stage.DEPLOYED, "healthy", 48, 0);
    if (holder.startsWith("its")) {
      needed.add(new TemplatePath(PATHS + "site-x-0a1b"));
    } else {
      templates.add(listed(PATHS + "by-hand", "site-x"));
    }

    assertThat(action("site-x")).isEqualTo("spare");
    assertThat(reason("site-x")).endsWith(" boots it");
  }

  @Test
  void whatStandsInNoRecordIsNotOurs() {
    deployed("site-a", 1);
    image("site-copy", -24);
    templates.add(listed(PATHS + "site-copy-0a1b", "site-copy"));
    templates.add(listed(PATHS + "site-a-0a1bc"));

    assertThat(plan()).extracting(Decision::name).containsExactly(PATHS + "site-a-0a1b", "site-a");
  }

  @Test
  void anImageThatWasUsedAgainIsAsNewAsItsLastGoodEnd() {
    made("site-old", Stage.DEPLOYED, "healthy", 96, null);
    deployed("site-b", 48);
    deployed("site-a", 24);
    entry("site-again", Stage.DEPLOYED, "healthy", 1, "site-old");
    templates.add(listed(PATHS + "site-again-0a1b", "site-old"));

    assertThat(action("site-old")).isEqualTo("keep");
    assertThat(action(PATHS + "site-old-0a1b")).isEqualTo("keep");
    assertThat(action(PATHS + "site-again-0a1b")).isEqualTo("keep");
    assertThat(action("site-a")).isEqualTo("keep");
    assertThat(action("site-b")).isEqualTo("announce");
  }

  @Test
  void aBadTurnOfAGoodImageLosesItsTemplateAlone() {
    deployed("site-a", 48);
    entry("site-again", Stage.ROLLED_BACK, "unhealthy", 24, "site-a");
    templates.add(listed(PATHS + "site-again-0a1b", "site-a"));

    assertThat(action(PATHS + "site-again-0a1b")).isEqualTo("delete");
    assertThat(action(PATHS + "site-a-0a1b")).isEqualTo("keep");
    assertThat(action("site-a")).isEqualTo("keep");
  }

  @Test
  void anImageThatIsGoneDoesNotCountAndItsTemplateGoes() {
    deployed("site-c", 3);
    deployed("site-b", 2);
    entry("site-a", Stage.DEPLOYED, "healthy", 1, "site-a");
    templates.add(listed(PATHS + "site-a-0a1b", "site-a"));

    assertThat(action("site-c")).isEqualTo("keep");
    assertThat(action(PATHS + "site-a-0a1b")).isEqualTo("delete");
  }

  private void deployed(String id, int hoursAgo) {
    made(id, Stage.DEPLOYED, "healthy", hoursAgo, null);
  }

  private void made(String id, Stage stage, String code, int hoursAgo, @Nullable Integer goes) {
    entry(id, stage, code, hoursAgo, id);
    image(id, goes);
    templates.add(listed(PATHS + id + "-0a1b", id));
  }

  private void entry(String id, Stage stage, String code, int hoursAgo, String image) {
    Instant since = NOW.minus(Duration.ofHours(hoursAgo));
    deployments.add(
        new Entry(
            id,
            "site",
            stage,
            !stage.isTerminal(),
            since,
            code,
            Sha256.ofHex("ab".repeat(32)),
            new ImageName(image)));
  }

  private void image(String name, @Nullable Integer goes) {
    Instant deleteAfter = goes == null ? null : NOW.plus(Duration.ofHours(goes));
    images.add(
        new Images.Facts(
            new ImageName(name),
            "url/" + name,
            Images.Status.READY,
            Map.of(),
            Instant.EPOCH,
            deleteAfter,
            ImageSettings.NONE));
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
    return Retention.decide(new Inventory(images, templates, deployments, needed), 2, NOW);
  }
}
