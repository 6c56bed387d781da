package slipway.fakes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Groups.Ended;
import slipway.rollout.Groups.Intent;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Health;
import slipway.rollout.Instance.Status;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

/**
 * A group, over three zones if it is regional; each tick replaces one instance, and each template
 * has the health it was given.
 */
public final class FakeGroup {
  private final GroupPath path;
  private final List<TemplatePath> running = new ArrayList<>();
  private final List<Intent> patches = new ArrayList<>();
  private final Map<TemplatePath, Health> healths = new HashMap<>();
  private boolean exists = true;
  private Group.Policies policies =
      new Group.Policies(true, Duration.ZERO, false, false, false, false);
  private Set<String> selected = Set.of();
  private boolean healing;
  private @Nullable RuntimeException lost;
  private Ended ended = Ended.ITSELF;
  private final Map<String, UnaryOperator<Instance>> overrides = new HashMap<>();
  private boolean growing;
  private int changes;
  private int staleAnswers;
  private Runnable beforePatch = () -> {};
  private Runnable afterPatch = () -> {};
  private List<Version> wanted;
  private Health newHealth = Health.HEALTHY;
  private @Nullable IOException refusal;

  /** Runs this template everywhere. */
  public FakeGroup(GroupPath path, int size, TemplatePath template) {
    this.path = path;
    this.wanted = List.of(Version.rest(template));
    healths.put(template, Health.HEALTHY);
    running.addAll(Collections.nCopies(size, template));
  }

  /** Takes the group away. */
  public void delete() {
    exists = false;
  }

  /** Treats its instances so from now on. */
  public void set(Group.Policies next) {
    policies = next;
  }

  /** Takes its health check away. */
  public void uncheck() {
    policies = new Group.Policies(false, Duration.ZERO, policies.recreates(), false, false, false);
  }

  /** Gives it the replacement method RECREATE. */
  public void recreate() {
    policies = new Group.Policies(true, Duration.ZERO, true, false, false, false);
  }

  /** Its autoscaler wants so many instances; new ones have its last version. */
  public void resize(int size) {
    while (running.size() > size) {
      running.remove(running.size() - 1);
    }
    while (running.size() < size) {
      running.add(wanted.get(wanted.size() - 1).template());
    }
  }

  /** It heals instances all the time, and is never stable. */
  public void heal() {
    healing = true;
  }

  /** Each look fails so; null: none does. */
  public void lose(@Nullable RuntimeException failure) {
    lost = failure;
  }

  /** How its instances come to their ends. */
  public void endBy(Ended how) {
    ended = how;
  }

  /** One of its instances is seen so, until it is told otherwise. */
  public void see(int index, UnaryOperator<Instance> change) {
    overrides.put(path.name() + "-" + index, change);
  }

  /** Lets its autoscaler add instances, until it is told something. */
  public void grow() {
    growing = true;
  }

  /** Gives its instances something of their own to keep. */
  public void keepState() {
    policies = new Group.Policies(true, Duration.ZERO, false, false, true, false);
  }

  /** What the health check says of instances of templates that are new from now on. */
  public void newInstancesAre(Health health) {
    newHealth = health;
  }

  /** What the health check says of the instances of this template from now on. */
  public void becomes(TemplatePath template, Health health) {
    healths.put(template, health);
  }

  /** Answers the next patches as if somebody had changed the group just before each. */
  public void answerStale(int times) {
    staleAnswers = times;
  }

  /** What happens when the next patch is on its way. */
  public void beforeNextPatch(Runnable event) {
    beforePatch = event;
  }

  /** What happens between the next patch and its answer. */
  public void afterNextPatch(Runnable event) {
    afterPatch = event;
  }

  /** Lets each patch fail so. */
  public void refuse(@Nullable IOException failure) {
    refusal = failure;
  }

  /** Its instance flexibility policy names these machine types. */
  public void select(String... types) {
    selected = Set.of(types);
  }

  /** A person tells the group to run this. */
  public void tell(TemplatePath template) {
    tell(List.of(Version.rest(template)));
  }

  /** It is given these versions. */
  public void tell(List<Version> versions) {
    versions.forEach(version -> healths.putIfAbsent(version.template(), newHealth));
    wanted = versions;
    changes++;
  }

  /** Replaces one instance. */
  public void tick() {
    if (policies.opportunistic()) {
      return;
    }
    Map<TemplatePath, Integer> missing = counts();
    running.forEach(template -> missing.merge(template, -1, Integer::sum));
    TemplatePath next =
        missing.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    for (int i = 0; next != null && i < running.size(); i++) {
      if (missing.getOrDefault(running.get(i), 0) < 0) {
        running.set(i, next);
        return;
      }
    }
  }

  private Map<TemplatePath, Integer> counts() {
    Map<TemplatePath, Integer> counts = new LinkedHashMap<>();
    int rest = running.size();
    for (Version version : wanted) {
      if (version.size() != null) {
        int share = (version.size().value() * running.size() + 99) / 100;
        int some = Math.min(rest, version.size().percent() ? share : version.size().value());
        counts.put(version.template(), some);
        rest -= some;
      }
    }
    for (Version version : wanted) {
      if (version.size() == null) {
        counts.merge(version.template(), rest, Integer::sum);
      }
    }
    return counts;
  }

  /** What it was told by patches. */
  public List<Intent> patches() {
    return List.copyOf(patches);
  }

  /** What each instance runs. */
  public List<TemplatePath> templates() {
    return List.copyOf(running);
  }

  /** Where it is. */
  public GroupPath path() {
    return path;
  }

  boolean is(GroupPath other) {
    return exists && path.equals(other);
  }

  Ended ended() {
    return ended;
  }

  private void requireSeen() {
    if (lost != null) {
      throw lost;
    }
  }

  Group group() {
    requireSeen();
    boolean reached =
        counts().entrySet().stream()
            .allMatch(entry -> Collections.frequency(running, entry.getKey()) == entry.getValue());
    return new Group(
        path,
        "fingerprint-" + changes,
        running.size(),
        new Group.Machines(zones(), selected),
        wanted,
        serving(),
        counts(),
        reached,
        reached && !growing && !healing,
        policies);
  }

  private List<String> zones() {
    return path.isRegional()
        ? Stream.of("a", "b", "c").map(letter -> path.place() + "-" + letter).toList()
        : List.of(path.place());
  }

  private Version serving() {
    Version own = wanted.get(0).asRest();
    return policies.opportunistic() && !running.isEmpty() ? Version.rest(running.get(0)) : own;
  }

  List<Instance> instances() {
    requireSeen();
    List<Instance> all = new ArrayList<>();
    for (TemplatePath template : running) {
      Health health = healths.getOrDefault(template, Health.HEALTHY);
      String name = path.name() + "-" + all.size();
      Instance one =
          new Instance(
              "projects/demo/zones/us-west1-a/instances/" + name,
              "1",
              template,
              Status.RUNNING,
              Action.NONE,
              policies.checked() ? health : Health.UNKNOWN,
              null);
      all.add(overrides.getOrDefault(name, UnaryOperator.identity()).apply(one));
    }
    return all;
  }

  private void proactive() {
    policies =
        new Group.Policies(
            policies.checked(),
            policies.initialDelay(),
            policies.recreates(),
            false,
            policies.stateful(),
            policies.namesBootDisk());
  }

  boolean patch(Intent intent) throws IOException {
    Runnable first = beforePatch;
    beforePatch = () -> {};
    first.run();
    if (refusal != null) {
      throw refusal;
    }
    if (staleAnswers > 0) {
      staleAnswers--;
      changes++;
    }
    if (!intent.group().fingerprint().equals("fingerprint-" + changes)) {
      return false;
    }
    growing = false;
    proactive();
    patches.add(intent);
    tell(intent.versions());
    Runnable then = afterPatch;
    afterPatch = () -> {};
    then.run();
    return true;
  }
}
