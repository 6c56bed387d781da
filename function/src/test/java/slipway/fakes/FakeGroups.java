package slipway.fakes;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

/** The groups of a project. */
public final class FakeGroups implements Groups {
  private static final Set<String> ARM = Set.of("c4a", "n4a", "t2a");

  private final List<FakeGroup> all;

  public FakeGroups(FakeGroup... groups) {
    all = List.of(groups);
  }

  /** Each replaces one instance. */
  public void tick() {
    all.forEach(FakeGroup::tick);
  }

  /** Whether a group, or an instance of one, has this template. */
  public boolean hold(TemplatePath template) {
    return all.stream()
        .anyMatch(
            group ->
                group.templates().contains(template)
                    || group.group().templates().contains(template));
  }

  @Override
  public Optional<Group> find(GroupPath path) {
    return all.stream().filter(group -> group.is(path)).map(FakeGroup::group).findFirst();
  }

  /** Tau T2A and those with Axion are Arm machines; of unknown ones nothing is said. */
  @Override
  public Optional<String> architecture(Group group, String machineType) {
    String series = machineType.replaceFirst("-.*", "");
    return machineType.startsWith("unknown")
        ? Optional.empty()
        : Optional.of(ARM.contains(series) ? "ARM64" : "X86_64");
  }

  @Override
  public List<Instance> instances(GroupPath path) {
    return at(path).instances();
  }

  @Override
  public String console(Instance instance) {
    return "console of " + instance.name() + "\n";
  }

  @Override
  public Ended ended(Instance instance, Instant after) {
    return all.stream()
        .filter(group -> instance.name().startsWith(group.path().name()))
        .findFirst()
        .orElseThrow()
        .ended();
  }

  @Override
  public boolean patch(Intent intent) throws IOException {
    return at(intent.group().path()).patch(intent);
  }

  private FakeGroup at(GroupPath path) {
    return all.stream().filter(group -> group.is(path)).findFirst().orElseThrow();
  }
}
