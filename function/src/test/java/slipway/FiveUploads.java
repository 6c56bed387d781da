package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.Stage;
import slipway.rollout.Groups;
import slipway.rollout.Instance.Health;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Settings;
import slipway.settings.TemplatePath;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Five uploads to one target of two waves, and what becomes of them. */
final class FiveUploads {
  private static final Settings SETTINGS =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();

  private static final String TEMPLATES = "projects/demo/global/instanceTemplates/";

  /** What a person put there. */
  private static final TemplatePath BY_HAND = new TemplatePath(TEMPLATES + "by-hand");

  private static final String DISK =
      "{\"disks\": [{\"boot\": true, \"initializeParams\": {\"sourceImage\": \"images/1\"}}]}";

  private final FakeWorld world = new FakeWorld();
  private final List<Upload> uploads = new ArrayList<>();
  private final List<Integer> order;
  private final Random dice;
  private final Map<String, Integer> made = new HashMap<>();
  private int deliveries;
  private int handAfter;

  FiveUploads(String letters, List<Integer> order) {
    this.order = order;
    this.dice = new Random(order.hashCode());
    for (int i = 0; i < letters.length(); i++) {
      Kind kind = letters.charAt(i) == 'R' ? Kind.TEXT : Kind.SPARSE;
      uploads.add(
          world.upload("site-" + i + ".tar.gz", kind, SimulatedDisk.healthy("" + i), Map.of()));
      DeploymentId id = DeploymentId.of("site", uploads.get(i));
      made.put(id.value(), i);
      becomes(world.group, FakeWorld.GROUP, id, letters.charAt(i) == 'B');
      becomes(world.second, FakeWorld.SECOND, id, "BS".indexOf(letters.charAt(i)) >= 0);
    }
    world.templates.put(BY_HAND, "{\"name\": \"by-hand\", \"properties\": " + DISK + "}");
  }

  private static void becomes(FakeGroup group, GroupPath path, DeploymentId id, boolean bad) {
    TemplatePath template = new TemplatePath(TEMPLATES + TemplateStage.nameFor(id, path));
    group.becomes(template, bad ? Health.UNHEALTHY : Health.HEALTHY);
  }

  /** A person patches the first group once, between two of the events. */
  void letAPersonPatch() {
    handAfter = dice.nextInt(1, 12);
  }

  boolean isAsThePersonLeftIt() {
    return world.group.templates().contains(BY_HAND);
  }

  int deliveries() {
    return deliveries;
  }

  /** Delivers each event, and the notes that they cause, until all have ended. */
  void deliver(Duration call) throws Exception {
    List<Upload> events = new ArrayList<>();
    for (int index : order) {
      for (int times = dice.nextInt(1, 4); times > 0; times--) {
        events.add(uploads.get(index));
      }
    }
    for (int steps = 0; !events.isEmpty() || uploads.stream().anyMatch(this::isOpen); steps++) {
      assertThat(steps).as(this::toString).isLessThan(1000);
      List<Upload> notes = world.handoffs.events();
      boolean goesOn = !notes.isEmpty() && (events.isEmpty() || dice.nextInt(3) == 0);
      take(goesOn ? notes.get(dice.nextInt(notes.size())) : events.remove(0), call);
      if (--handAfter == 0) {
        world.group.tell(BY_HAND);
        rest(dice.nextInt(7));
      }
    }
    rest(6);
  }

  private void rest(int instances) {
    for (int i = 0; i < instances; i++) {
      world.time.sleep(Duration.ofSeconds(10));
    }
  }

  private void take(Upload event, Duration call) throws Exception {
    deliveries++;
    try {
      Intakes.of(world, SETTINGS, call).take(event);
    } catch (CallOver comesAgain) {
      throw new AssertionError(this + ": nobody else works", comesAgain);
    }
  }

  private Stage stage(int upload) {
    return world.records.record(uploads.get(upload)).stage();
  }

  private boolean isOpen(Upload upload) {
    return world.records.record(upload).isOpen();
  }

  /** A version gives way to an older one only if it was not good and the older one was. */
  private void requireNoOlderOverNewer(FakeGroup group) {
    for (Groups.Intent patch : group.patches()) {
      int before = newest(patch.group().versions());
      int after = newest(patch.versions());
      if (after < before) {
        assertThat(stage(before)).as(this + ": " + patch).isNotEqualTo(Stage.DEPLOYED);
        assertThat(after < 0 || stage(after) == Stage.DEPLOYED).as(this + ": " + patch).isTrue();
      }
    }
  }

  private int newest(List<Version> versions) {
    return versions.stream().mapToInt(version -> upload(version.template())).max().orElse(-1);
  }

  private int upload(TemplatePath template) {
    return made.entrySet().stream()
        .filter(entry -> template.value().contains("/" + entry.getKey() + "-"))
        .mapToInt(Map.Entry::getValue)
        .findFirst()
        .orElse(-1);
  }

  int newestDeployed() {
    return IntStream.range(0, uploads.size())
        .filter(i -> stage(i) == Stage.DEPLOYED)
        .max()
        .orElse(-1);
  }

  int count(Stage stage) {
    return (int) IntStream.range(0, uploads.size()).filter(i -> stage(i) == stage).count();
  }

  void requireTheNewestGoodOne(int wanted) {
    requireNoneLeftOpen();
    for (FakeGroup group : List.of(world.group, world.second)) {
      assertThat(group.templates()).as(this::toString).allMatch(one -> upload(one) == wanted);
    }
    if (wanted >= 0) {
      DeploymentRecord record = world.records.record(uploads.get(wanted));
      assertThat(record.stage()).as(this::toString).isEqualTo(Stage.DEPLOYED);
      assertThat(record.groups())
          .as(this::toString)
          .extracting(GroupState::state)
          .containsOnly(GroupState.State.GOOD);
    }
  }

  /** Only a deployment that found the group at rest on it may put its own version there. */
  void requireThatNobodyOverwroteThePerson() {
    requireNoneLeftOpen();
    Set<Integer> earlier = new HashSet<>();
    for (Groups.Intent patch : world.group.patches()) {
      int now = newest(patch.versions());
      if (newest(patch.group().versions()) < 0 && patch.group().templates().contains(BY_HAND)) {
        assertThat(earlier).as(this + ": " + patch).doesNotContain(now);
      }
      earlier.add(now);
    }
    if (world.events().stream().noneMatch("deployment.superseded"::equals)) {
      int good = newestDeployed();
      assertThat(world.second.templates()).as(this::toString).allMatch(one -> upload(one) == good);
    }
  }

  void requireNoneLeftOpen() {
    requireNoOlderOverNewer(world.group);
    requireNoOlderOverNewer(world.second);
    assertThat(world.records.open()).as(this::toString).isEmpty();
    assertThat(world.own.all()).as(this::toString).isEmpty();
    assertThat(world.buckets.copies()).as(this::toString).isEmpty();
    assertThat(world.told("deployment.finished")).as(this::toString).hasSameSizeAs(uploads);
  }

  @Override
  public String toString() {
    return "events in the order "
        + order
        + ", which ended "
        + uploads.stream()
            .map(
                one ->
                    world.records.json(one).isEmpty()
                        ? "-"
                        : stage(uploads.indexOf(one)).toString())
            .toList();
  }
}
