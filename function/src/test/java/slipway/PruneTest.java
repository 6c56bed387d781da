package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** What is used again, and what goes, from one deployment to the next. */
class PruneTest {
  private static final Settings SETTINGS = new SiteTarget().keep(2).settings();

  private final FakeWorld world = new FakeWorld();

  @Test
  void overSixDaysTheNewestGoodOnesStayAndTheRestGoesADayLater() throws Exception {
    List<String> ids = new ArrayList<>();
    List<Integer> images = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      world.group.newInstancesAre(day == 2 ? Health.UNHEALTHY : Health.HEALTHY);
      DeploymentRecord record = deploy("site-" + day + ".tar.gz", Integer.toString(day));
      assertThat(record.stage()).isEqualTo(day == 2 ? Stage.ROLLED_BACK : Stage.DEPLOYED);
      ids.add(record.id());
      images.add(world.images.names().size());
      world.time.sleep(Duration.ofHours(25));
    }

    // Day 3 announces 0 and the bad 2; day 4 deletes both and announces 1; day 5 deletes 1.
    assertThat(images).containsExactly(1, 2, 3, 4, 3, 3);
    assertThat(world.images.names()).containsExactly(ids.get(3), ids.get(4), ids.get(5));
    assertThat(world.images.find(ids.get(3)).orElseThrow().deleteAfter()).isNotNull();
    assertThat(world.images.find(ids.get(4)).orElseThrow().deleteAfter()).isNull();
    assertThat(world.templates.paths())
        .hasSize(4)
        .contains(FakeWorld.FIRST)
        .allMatch(path -> !path.value().contains(ids.get(0)) && !path.value().contains(ids.get(1)))
        .allMatch(path -> !path.value().contains(ids.get(2)));
    assertThat(told("delete image " + ids.get(1))).hasSize(1);
    assertThat(world.events()).doesNotContain("prune.failed");
  }

  @Test
  void theOldBytesComeBackWithTheirImageAndWithoutMakingOne() throws Exception {
    DeploymentRecord first = deploy("site-1.tar.gz", "1");
    DeploymentRecord second = deploy("site-2.tar.gz", "2");

    DeploymentRecord back = deploy("site-1-again.tar.gz", "1");

    assertThat(back.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(back.image())
        .isEqualTo(new DeploymentRecord.MadeImage(new ImageName(first.id()), true));
    assertThat(world.images.sources()).hasSize(2);
    assertThat(world.buckets.copies()).isEmpty();
    assertThat(world.events()).containsOnlyOnce("image.reused");
    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .containsExactly(first.id());
    assertThat(world.images.replacementOf(second.id())).isPresent();
    assertThat(world.group.templates()).containsOnly(back.groups().get(0).newTemplate());

    // And forward again: what the way back deprecated means the family once more.
    deploy("site-2-again.tar.gz", "2");
    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .contains(second.id());
    assertThat(world.images.sources()).hasSize(2);
  }

  @Test
  void whatNeverServedWellIsNotUsedAgain() throws Exception {
    world.group.newInstancesAre(Health.UNKNOWN);
    assertThat(deploy("site-1.tar.gz", "1").stage()).isEqualTo(Stage.ROLLED_BACK);
    world.group.newInstancesAre(Health.HEALTHY);

    DeploymentRecord again = deploy("site-1-again.tar.gz", "1");

    assertThat(again.image())
        .isEqualTo(new DeploymentRecord.MadeImage(new ImageName(again.id()), false));
    assertThat(world.images.sources()).hasSize(2);
  }

  @Test
  void anImageThatMayBeDeletedByNowIsNotUsedAgain() throws Exception {
    DeploymentRecord first = deploy("site-1.tar.gz", "1");
    deploy("site-2.tar.gz", "2");
    deploy("site-3.tar.gz", "3");
    assertThat(world.images.find(first.id()).orElseThrow().deleteAfter()).isNotNull();

    DeploymentRecord inTime = deploy("site-1-again.tar.gz", "1");
    assertThat(Objects.requireNonNull(inTime.image()).reused()).isTrue();
    assertThat(world.images.find(first.id()).orElseThrow().deleteAfter()).isNull();

    deploy("site-3-again.tar.gz", "3");
    deploy("site-2-again.tar.gz", "2");
    world.time.sleep(Duration.ofHours(24));
    DeploymentRecord late = deploy("site-1-late.tar.gz", "1");
    assertThat(Objects.requireNonNull(late.image()).reused()).isFalse();
  }

  @Test
  void aPruningThatFailsIsToldAndSpoilsNothing() throws Exception {
    deploy("site-1.tar.gz", "1");
    deploy("site-2.tar.gz", "2");
    deploy("site-3.tar.gz", "3");
    world.time.sleep(Duration.ofHours(25));
    world.images.refuseDeletion(new OperationFailed("invalid", "no"));

    assertThat(deploy("site-4.tar.gz", "4").stage()).isEqualTo(Stage.DEPLOYED);

    assertThat(world.images.names()).hasSize(4);
    assertThat(world.log())
        .filteredOn(line -> line.get("event").getAsString().equals("prune.failed"))
        .singleElement()
        .satisfies(line -> assertThat(line.get("severity").getAsString()).isEqualTo("WARNING"));
  }

  @Test
  void whatComputeSaysIsInUseIsLeftWithItsImage() throws Exception {
    DeploymentRecord first = deploy("site-1.tar.gz", "1");
    deploy("site-2.tar.gz", "2");
    deploy("site-3.tar.gz", "3");
    world.time.sleep(Duration.ofHours(25));
    world.templates.inUse(first.groups().get(0).newTemplate()::equals);

    deploy("site-4.tar.gz", "4");

    assertThat(world.templates.paths()).contains(first.groups().get(0).newTemplate());
    assertThat(world.images.names()).contains(first.id());
    assertThat(told("leave ")).hasSize(2);
  }

  @Test
  void whileAnotherDeploymentIsOpenNothingIsPruned() throws Exception {
    deploy("site-1.tar.gz", "1");
    deploy("site-2.tar.gz", "2");
    Upload open = world.upload("site-0.tar.gz", Kind.SPARSE, Map.of());
    deliver(open, Duration.ofSeconds(61));
    world.time.sleep(Duration.ofSeconds(61));

    deploy("site-3.tar.gz", "3");

    assertThat(world.records.record(open).stage().isTerminal()).isFalse();
    assertThat(world.events()).doesNotContain("prune.planned");
  }

  private List<String> told(String start) {
    return world.log().stream()
        .filter(line -> line.get("event").getAsString().equals("prune.done"))
        .map((JsonObject line) -> line.get("message").getAsString())
        .filter(message -> message.startsWith(start))
        .toList();
  }

  private DeploymentRecord deploy(String object, String version) throws Exception {
    Upload upload = world.upload(object, SimulatedDisk.healthy(version));
    deliver(upload, SETTINGS.call());
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last(), SETTINGS.call());
    }
    return world.records.record(upload);
  }

  private void deliver(Upload event, Duration call) throws Exception {
    Intakes.of(world, SETTINGS, call).take(event);
  }
}
