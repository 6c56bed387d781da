package slipway.fakes;

import java.util.List;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.settings.GroupPath;

/** The groups of a project. */
public final class FakeGroups implements Groups {
  private final List<FakeGroup> all;

  /** These. */
  public FakeGroups(FakeGroup... groups) {
    all = List.of(groups);
  }

  /** Each replaces one instance. */
  public void tick() {
    all.forEach(FakeGroup::tick);
  }

  /** Whether a group, or an instance of one, has this template. */
  public boolean hold(String template) {
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

  @Override
  public List<Instance> instances(GroupPath path) {
    return at(path).instances();
  }

  @Override
  public String console(Instance instance) {
    return "console of " + instance.name() + "\n";
  }

  @Override
  public void patch(Intent intent) throws StaleFingerprint, OperationFailed {
    at(intent.group().path()).patch(intent);
  }

  private FakeGroup at(GroupPath path) {
    return all.stream().filter(group -> group.is(path)).findFirst().orElseThrow();
  }
}
