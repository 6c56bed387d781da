package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.record.DeploymentRecord;
import slipway.record.Explanation;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

class DeployerTest {
  private static final ImageName BY_HAND = new ImageName("by-hand");
  private static final Duration CALL = Duration.ofSeconds(540);
  private static final Target SITE = FakeWorld.SITE;

  private final FakeWorld world = new FakeWorld();

  @Test
  void takesAnUploadThroughAllStages() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deploy(upload);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(record.finishedAt()).isNotNull();
    TemplatePath template = record.groups().get(0).newTemplate();
    assertThat(template.value())
        .matches("projects/demo/global/instanceTemplates/" + record.id() + "-[0-9a-z]{4}");
    assertThat(world.group.templates()).containsOnly(template);
    assertThat(record.groups().get(0).previousTemplate()).isEqualTo(FakeWorld.FIRST);
    assertThat(world.images.names()).containsExactly(record.id());
    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .contains(record.id());
    assertThat(world.events())
        .startsWith(
            "upload.received",
            "artifact.proven",
            "image.created",
            "template.created",
            "rollout.started",
            "rollout.progress")
        .endsWith("verdict.good", "deployment.finished");
    Duration took =
        Duration.between(upload.timeCreated(), Objects.requireNonNull(record.finishedAt()));
    assertThat(last("seconds")).isEqualTo(Long.toString(took.toSeconds()));
  }

  @Test
  void letsComputeReadAPrivateCopyAndDeletesItAfterwards() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deploy(upload);

    String id = world.records.record(upload).id();
    assertThat(world.images.sources())
        .containsExactly("https://storage.googleapis.com/private/proven/" + id + ".tar.gz");
    assertThat(world.buckets.copies()).isEmpty();
  }

  @Test
  void marksTheLogsFirstAndLastLineOfTheDeployment() throws Exception {
    deploy(world.upload("site-2.tar.gz", Kind.SPARSE));

    String operation = "logging.googleapis.com/operation";
    assertThat(world.log())
        .extracting(line -> line.getAsJsonObject(operation).get("first").getAsBoolean())
        .startsWith(true, false)
        .containsOnlyOnce(true);
    assertThat(world.log())
        .extracting(line -> line.getAsJsonObject(operation).get("last").getAsBoolean())
        .endsWith(false, true)
        .containsOnlyOnce(true);
  }

  @Test
  void aRepeatedEventFindsAllDone() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deploy(upload);
    String json = world.records.json(upload).orElseThrow();
    List<String> events = world.events();

    deploy(upload);

    assertThat(world.records.json(upload)).contains(json);
    assertThat(world.events()).isEqualTo(events);
    assertThat(world.group.patches()).hasSize(1);
  }

  @Test
  void theNextCallGoesOnWhereTheTimeOfTheFirstEnded() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deploy(upload, Duration.ofSeconds(62));
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
    deploy(world.handoffs.last());

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(upload).groups().get(0).previousTemplate())
        .isEqualTo(FakeWorld.FIRST);
    assertThat(world.images.names()).hasSize(1);
    assertThat(world.group.patches()).hasSize(1);
    assertThat(world.events()).containsOnlyOnce("upload.received", "rollout.started");
  }

  @Test
  void rejectsWhatIsNoDiskTarballAndMakesNothing() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.OTHER_NAME);

    deploy(upload);

    assertEnded(upload, Stage.REJECTED, null);
    assertThat(world.records.record(upload).verdict().nextStep()).contains("tar ");
    assertThat(world.images.names()).isEmpty();
    assertThat(world.buckets.copies()).isEmpty();
    assertThat(world.events()).contains("artifact.rejected");
  }

  @Test
  void tellsTheKnownPrefixesToANameOfNoTarget() throws Exception {
    Upload upload = world.upload("stie-2.tar.gz", Kind.SPARSE);

    deploy(upload);

    assertEnded(upload, Stage.REJECTED, "no-target");
    assertThat(world.records.record(upload).target()).isNull();
    assertThat(world.records.record(upload).verdict().message()).contains("\"site-\"");
  }

  @Test
  void passesOverHandOffsAndPartsOfCompositeUploads() throws Exception {
    Upload handoff = world.upload("handoff/site-1/1", Kind.EMPTY);
    Upload part =
        world.upload("gcloud/tmp/parallel_composite_uploads/x/1_site-2.tar.gz_0", Kind.SPARSE);

    deploy(handoff);
    deploy(part);

    assertThat(world.records.json(handoff)).isEmpty();
    assertThat(world.records.json(part)).isEmpty();
    assertThat(world.events()).containsExactly("upload.passed-over", "upload.passed-over");
  }

  @Test
  void anOlderUploadDoesNotReplaceALaterOne() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    Upload later = world.upload("site-3.tar.gz", Kind.SPARSE);
    deploy(later);
    List<TemplatePath> running = world.group.templates();

    deploy(older);

    assertEnded(older, Stage.SUPERSEDED, "overtaken");
    assertThat(world.group.templates()).isEqualTo(running);
  }

  @Test
  void aPersonsChangeIsNotOverwritten() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    TemplatePath byHand = new TemplatePath("projects/demo/global/instanceTemplates/by-hand");
    world.time.afterSleep(
        () -> {
          if (!world.group.patches().isEmpty()) {
            world.group.tell(byHand);
          }
          world.group.tick();
        });

    deploy(upload);

    assertEnded(upload, Stage.SUPERSEDED, "foreign-change");
    assertThat(world.group.patches()).hasSize(1);
    assertThat(last("severity")).isEqualTo("ALERT");
  }

  @Test
  void tellsThatSomebodyPutTheOldVersionBack() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.time.afterSleep(() -> world.group.tell(FakeWorld.FIRST));

    deploy(upload);

    assertEnded(upload, Stage.SUPERSEDED, "foreign-change");
    assertThat(world.records.record(upload).verdict().message())
        .contains(FakeWorld.FIRST.value())
        .endsWith("somebody put it back.");
  }

  @Test
  void theFamilysNewestActiveImageIsTheOneThatServes() throws Exception {
    Upload first = world.upload("site-2.tar.gz", Kind.SPARSE);
    deploy(first);
    Upload second = world.upload("site-3.tar.gz", Kind.PLAIN);
    deploy(second);

    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .containsExactly(world.records.record(first).id(), world.records.record(second).id());
  }

  @Test
  void aLaterImageOfTheFamilyGivesWayToTheOneThatServes() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    Images.Facts later =
        new Images.Facts(
            BY_HAND, "url", Images.Status.READY, Map.of(), Instant.MAX, null, ImageSettings.NONE);
    world.images.put(later);
    world.images.activate(BY_HAND, "site");

    deploy(upload);

    String id = world.records.record(upload).id();
    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .containsExactly(id);
    assertThat(world.images.replacementOf("by-hand"))
        .hasValueSatisfying(url -> assertThat(url).endsWith("/images/" + id));
  }

  @Test
  void aProgressDeadlineLongerThanACallEndsABadVersion() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    Settings settings = settings(new Target.Deadlines(minutes(1), minutes(10), minutes(120)));

    deployUntilDone(upload, settings);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.verdict().code()).isEqualTo("unhealthy");
    assertThat(Duration.between(timeOf("rollout.started"), timeOf("verdict.bad")))
        .isBetween(minutes(10), minutes(11));
  }

  private Instant timeOf(String event) {
    return world.log().stream()
        .filter(line -> line.get("event").getAsString().equals(event))
        .map(line -> Instant.parse(line.get("time").getAsString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTotalDeadlineCountsFromThePatch() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.group.refuse(new OperationFailed("INTERNAL_ERROR", "try again"));
    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(OperationFailed.class);
    world.time.sleep(Duration.ofHours(10));
    world.group.refuse(null);

    deploy(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anUploadThatIsGoneDoesNotStopARolloutThatIsUnderWay() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deploy(upload, Duration.ofSeconds(66));
    world.buckets.remove(upload);
    world.group.keepState();

    deploy(world.handoffs.last());

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aFaultDuringTheRolloutEndsWithTheCommandThatPutsTheOldOneBack() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deploy(upload, Duration.ofSeconds(66));
    Settings renamed = new SiteTarget().name("other").settings();

    intake(world, CALL, renamed).take(world.handoffs.last());

    assertEnded(upload, Stage.ROLLBACK_FAILED, "no-target");
    assertThat(world.records.record(upload).verdict().nextStep())
        .contains("rolling-action start-update site-group");
  }

  @Test
  void aFamilyThatCannotBeMovedIsToldBesideTheGoodEnd() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.time.afterSleep(
        () -> {
          world.group.tick();
          world.images.remove(world.records.record(upload).id());
        });

    deploy(upload);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(record.verdict().message()).contains("image " + record.id());
    assertThat(record.verdict().nextStep()).isNotBlank();
    assertThat(last("severity")).isEqualTo("ERROR");
  }

  @Test
  void passesOverAnotherBucketAndANameThatIsTooLongForARecord() throws Exception {
    Upload here = world.upload("site-2.tar.gz", Kind.SPARSE);
    Upload elsewhere =
        new Upload("records", "site-2.tar.gz", 1, here.timeCreated(), 1, "", null, Map.of());
    Upload longName = world.upload("site-" + "x".repeat(1000) + ".tar.gz", Kind.SPARSE);

    deploy(elsewhere);
    deploy(longName);

    assertThat(world.events()).containsExactly("upload.passed-over", "upload.passed-over");
  }

  @Test
  void aNameCannotSmuggleACommandOrAControlCharacterIntoWhatIsTold() throws Exception {
    String name = "site-;touch pwned\u001b[2J\u202e.tar.gz";
    Upload refused = world.upload(name, Kind.SPARSE);
    world.images.refuse(new OperationFailed("QUOTA_EXCEEDED", "none left\u001b"));
    deploy(refused);
    Upload noTarget = world.upload("x" + name, Kind.SPARSE);
    deploy(noTarget);

    for (Upload upload : List.of(refused, noTarget)) {
      Explanation verdict = world.records.record(upload).verdict();
      assertThat(verdict.message() + verdict.nextStep())
          .doesNotContain("\u001b")
          .doesNotContain("\u202e");
    }
    assertThat(world.records.record(refused).verdict().nextStep())
        .contains("gsutil cp 'site-;touch pwned");
  }

  @Test
  void tellsWhatComputeRefused() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.images.refuse(new OperationFailed("INVALID_IMAGE_TAR", "The tar archive is not valid."));

    deploy(upload);

    assertEnded(upload, Stage.REJECTED, "image-refused");
    assertThat(world.records.record(upload).verdict().message())
        .contains("INVALID_IMAGE_TAR: The tar archive is not valid.");
  }

  @Test
  void whatTheOperatorMustMendIsMisconfigured() throws Exception {
    Upload quota = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.images.refuse(new OperationFailed("QUOTA_EXCEEDED", "Quota 'IMAGES' exceeded."));
    deploy(quota);
    assertEnded(quota, Stage.MISCONFIGURED, "quota");

    FakeWorld another = new FakeWorld();
    another.templates.refuse(new OperationFailed("invalid", "Invalid value"));
    Upload refused = another.upload("site-2.tar.gz", Kind.SPARSE);
    intake(another, CALL).take(refused);
    assertThat(another.records.record(refused).verdict().code()).isEqualTo("template-refused");
  }

  @Test
  void anImageOfThatNameThatIsNotOursIsNotUsed() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.images.refuse(new OperationFailed("INTERNAL_ERROR", "try again"));
    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(OperationFailed.class);
    String id = world.records.record(upload).id();
    world.images.put(
        new Images.Facts(
            new ImageName(id),
            "url",
            Images.Status.READY,
            Map.of(),
            Instant.EPOCH,
            null,
            ImageSettings.NONE));

    deploy(upload);

    assertEnded(upload, Stage.MISCONFIGURED, "image-name-taken");
    assertThat(world.group.patches()).isEmpty();
  }

  @Test
  void whatMayPassIsThrownAndTheNextEventGoesOn() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.group.refuse(new OperationFailed("INTERNAL_ERROR", "try again"));
    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(OperationFailed.class);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.TEMPLATE_READY);

    world.group.refuse(null);
    deploy(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("image.created", "template.created");
  }

  @Test
  void readsAgainFourTimesWhenTheGroupChangesMeanwhile() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.group.answerStale(5);
    assertThatThrownBy(() -> deploy(upload))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed by others 5 times in a row");
    world.group.answerStale(4);

    deploy(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anUploadThatIsGoneOrSwappedIsRejected() throws Exception {
    Upload gone = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.buckets.remove(gone);
    deploy(gone);
    assertEnded(gone, Stage.REJECTED, "upload-gone");

    Upload swapped = world.upload("site-3.tar.gz", Kind.SPARSE);
    world.buckets.spoilCopies("AAAAAA==");
    deploy(swapped);
    assertEnded(swapped, Stage.REJECTED, "copy-differs");
    assertThat(world.images.names()).isEmpty();
  }

  private void assertEnded(Upload upload, Stage stage, @Nullable String code) {
    DeploymentRecord record = world.records.record(upload);
    Explanation verdict = record.verdict();
    assertThat(record.stage()).isEqualTo(stage);
    assertThat(record.finishedAt()).isNotNull();
    assertThat(verdict.message()).isNotBlank();
    assertThat(verdict.nextStep()).isNotBlank();
    if (code != null) {
      assertThat(verdict.code()).isEqualTo(code);
    }
    assertThat(last("event")).isEqualTo("deployment.finished");
  }

  private String last(String key) {
    return world.log().get(world.log().size() - 1).get(key).getAsString();
  }

  private void deploy(Upload upload) throws Exception {
    deploy(upload, CALL);
  }

  private void deploy(Upload upload, Duration call) throws Exception {
    intake(world, call).take(upload);
  }

  /** Delivers the upload's event and those of the notes that follow; returns how many calls. */
  private int deployUntilDone(Upload upload, Settings settings) throws Exception {
    intake(world, CALL, settings).take(upload);
    int calls = 1;
    for (; calls <= world.handoffs.events().size(); calls++) {
      intake(world, CALL, settings).take(world.handoffs.events().get(calls - 1));
    }
    return calls;
  }

  private static Settings settings(Target.Deadlines deadlines) {
    return new SiteTarget().deadlines(deadlines).settings();
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Intake intake(FakeWorld world, Duration call) {
    return intake(world, call, FakeWorld.settings(new Targets(List.of(SITE))));
  }

  private static Intake intake(FakeWorld world, Duration call, Settings settings) {
    return Intakes.of(world, settings, call);
  }
}
