package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.GroupPath;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** What is different where the group and its template are regional. */
class RegionalGroupTest {
  private static final GroupPath GROUP = new GroupPath("demo", "regions/us-west1", "site-group");
  private static final String TEMPLATES = "projects/demo/regions/us-west1/instanceTemplates/";
  private static final TemplatePath FIRST = new TemplatePath(TEMPLATES + "site-1");

  private final FakeWorld world = new FakeWorld(GROUP, FIRST);
  private final Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

  @Test
  void theCloneOfARegionalTemplateIsMadeInItsRegion() throws Exception {
    deploy(3);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    TemplatePath template = record.groups().get(0).newTemplate();
    assertThat(template.value()).startsWith(TEMPLATES + record.id());
    assertThat(world.templates.paths()).containsExactly(FIRST, template);
    assertThat(world.group.templates()).containsOnly(template);
  }

  @Test
  void theNextStepNamesTheRegion() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (world.group.patches().size() == 2) {
            world.group.becomes(FIRST, Health.UNHEALTHY);
          }
        });

    deploy(3);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(record.verdict().nextStep())
        .contains("--version=template=" + TEMPLATES + "site-1 --region=us-west1 --project=demo");
  }

  @Test
  void aSurgeBelowTheNumberOfZonesIsToldBeforeAnythingIsMade() throws Exception {
    deploy(1);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().code()).isEqualTo("policy");
    assertThat(world.images.names()).isEmpty();
  }

  private void deploy(int surge) throws Exception {
    Settings settings =
        new SiteTarget()
            .groups(GROUP)
            .rolling(new Target.Rolling(new Size(surge, false), new Size(0, false)))
            .settings();
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(upload);
  }
}
