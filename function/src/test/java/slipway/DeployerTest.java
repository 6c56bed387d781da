package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import slipway.artifact.ArtifactStage;
import slipway.fakes.FakeWorld;
import slipway.fault.OperationFailed;
import slipway.image.Family;
import slipway.image.ImageStage;
import slipway.image.Images;
import slipway.record.DeploymentRecord;
import slipway.record.Journal;
import slipway.record.Reason;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.RolloutStage;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.Upload;
import slipway.verdict.Watch;
import tarballs.Kind;

class DeployerTest {
  private static final Duration CALL = Duration.ofSeconds(540);
  private static final Target SITE =
      new Target(
          "site",
          "site-",
          FakeWorld.GROUP,
          new Target.Rolling(new Size(1, false), new Size(0, false)),
          new Target.Deadlines(
              Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(1200)),
          10,
          null,
          false);

  private final FakeWorld world = new FakeWorld();

  @Test
  void takesAnUploadThroughAllStages() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deploy(upload);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(record.finishedAt()).isNotNull();
    String template = record.groups().get(0).newTemplate();
    assertThat(template)
        .matches("projects/demo/global/instanceTemplates/" + record.id() + "-[0-9a-f]{4}");
    assertThat(world.group.templates()).containsOnly(template);
    assertThat(record.groups().get(0).previousTemplate()).isEqualTo(FakeWorld.FIRST);
    assertThat(world.images.names()).containsExactly(record.id());
    assertThat(world.images.active("site")).extracting(Images.Facts::name).contains(record.id());
    assertThat(world.events())
        .startsWith(
            "upload.received",
            "artifact.proven",
            "image.created",
            "template.created",
            "rollout.started",
            "rollout.progress")
        .endsWith("verdict.good", "deployment.finished");
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

    assertThatThrownBy(() -> deploy(upload, Duration.ofSeconds(66))).isInstanceOf(CallOver.class);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
    deploy(upload);

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
  void aVersionThatFailsItsHealthCheckEndsWithTheCommandThatPutsTheOldOneBack() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deploy(upload);

    assertEnded(upload, Stage.ROLLBACK_FAILED, "unhealthy");
    assertThat(world.records.record(upload).verdict().nextStep())
        .startsWith("gcloud compute instance-groups managed rolling-action start-update site-group")
        .contains("template=" + FakeWorld.FIRST);
    assertThat(world.images.active("site")).isEmpty();
    assertThat(last("severity")).isEqualTo("ALERT");
  }

  @Test
  void anOlderUploadDoesNotReplaceALaterOne() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    Upload later = world.upload("site-3.tar.gz", Kind.SPARSE);
    deploy(later);
    List<String> running = world.group.templates();

    deploy(older);

    assertEnded(older, Stage.SUPERSEDED, "overtaken");
    assertThat(world.group.templates()).isEqualTo(running);
  }

  @Test
  void aPersonsChangeIsNotOverwritten() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    String byHand = "projects/demo/global/instanceTemplates/by-hand";
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
  void aNewGoodImageTakesTheFamilyOver() throws Exception {
    Upload first = world.upload("site-2.tar.gz", Kind.SPARSE);
    deploy(first);
    Upload second = world.upload("site-3.tar.gz", Kind.PLAIN);
    deploy(second);

    String newer = world.records.record(second).id();
    assertThat(world.images.active("site")).extracting(Images.Facts::name).containsExactly(newer);
    assertThat(world.images.replacementOf(world.records.record(first).id()))
        .hasValueSatisfying(url -> assertThat(url).endsWith("/images/" + newer));
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
    deployer(another, CALL).deploy(refused);
    assertThat(another.records.record(refused).verdict().code()).isEqualTo("template-refused");
  }

  @Test
  void anImageOfThatNameThatIsNotOursIsNotUsed() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.images.refuse(new OperationFailed("INTERNAL_ERROR", "try again"));
    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(OperationFailed.class);
    String id = world.records.record(upload).id();
    world.images.put(new Images.Facts(id, "url", Images.Status.READY, Map.of()));

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
    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(OperationFailed.class);
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

  @Test
  void ofTwoCallsAtTheSameMomentOneGivesWay() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    world.time.afterSleep(
        () -> {
          world.time.afterSleep(world.group::tick);
          assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
          try {
            deploy(upload);
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });

    assertThatThrownBy(() -> deploy(upload)).isInstanceOf(ChangedMeanwhile.class);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("deployment.finished");
    assertThat(world.images.names()).hasSize(1);
  }

  private void assertEnded(Upload upload, Stage stage, @Nullable String code) {
    DeploymentRecord record = world.records.record(upload);
    Reason verdict = record.verdict();
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
    deployer(world, call).deploy(upload);
  }

  private static Deployer deployer(FakeWorld world, Duration call) {
    CallTime time = world.call(call);
    return new Deployer(
        new Deployer.Stages(
            new ArtifactStage(world.buckets),
            new ImageStage(world.images, world.buckets),
            new TemplateStage(world.templates, "demo"),
            new RolloutStage(world.group),
            new Watch(world.group),
            new Family(world.images)),
        new Targets(List.of(SITE)),
        new Journal.Desk(world.records, world.audit, world.time),
        time);
  }
}
