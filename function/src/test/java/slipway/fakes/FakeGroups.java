package slipway.fakes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.settings.GroupPath;

/**
 * One group, over three zones if it is regional; each tick replaces one instance, and the new ones
 * have the health they are given.
 */
public final class FakeGroups implements Groups {
  private final GroupPath path;
  private final List<String> templates = new ArrayList<>();
  private final List<Intent> patches = new ArrayList<>();
  private boolean exists = true;
  private boolean checked = true;
  private boolean recreates;
  private int changes;
  private int staleAnswers;
  private String wanted;
  private Health newHealth = Health.HEALTHY;
  private @Nullable OperationFailed refusal;

  /** Runs this template everywhere. */
  public FakeGroups(GroupPath path, int size, String template) {
    this.path = path;
    this.wanted = template;
    templates.addAll(Collections.nCopies(size, template));
  }

  /** Takes the group away. */
  public void delete() {
    exists = false;
  }

  /** Takes its health check away. */
  public void uncheck() {
    checked = false;
  }

  /** Gives it the replacement method RECREATE. */
  public void recreate() {
    recreates = true;
  }

  /** What the health check says of instances made from now on. */
  public void newInstancesAre(Health health) {
    newHealth = health;
  }

  /** Answers the next patches as if somebody had changed the group just before each. */
  public void answerStale(int times) {
    staleAnswers = times;
  }

  /** Lets each patch fail so. */
  public void refuse(@Nullable OperationFailed failure) {
    refusal = failure;
  }

  /** A person, or a later upload, tells the group to run this. */
  public void tell(String template) {
    wanted = template;
    changes++;
  }

  /** Replaces one instance. */
  public void tick() {
    for (int i = 0; i < templates.size(); i++) {
      if (!templates.get(i).equals(wanted)) {
        templates.set(i, wanted);
        return;
      }
    }
  }

  /** What it was told by patches. */
  public List<Intent> patches() {
    return List.copyOf(patches);
  }

  /** What each instance runs. */
  public List<String> templates() {
    return List.copyOf(templates);
  }

  @Override
  public Optional<Group> find(GroupPath wantedPath) {
    if (!exists || !wantedPath.equals(path)) {
      return Optional.empty();
    }
    boolean reached = templates.stream().allMatch(wanted::equals);
    return Optional.of(
        new Group(
            path,
            "fingerprint-" + changes,
            templates.size(),
            path.isRegional() ? 3 : 1,
            List.of(wanted),
            reached,
            reached,
            checked,
            recreates));
  }

  @Override
  public List<Instance> instances(GroupPath wantedPath) {
    return templates.stream()
        .map(one -> new Instance("i", one, true, true, checked ? newHealth : Health.UNKNOWN, null))
        .toList();
  }

  @Override
  public void patch(Intent intent) throws StaleFingerprint, OperationFailed {
    if (refusal != null) {
      throw refusal;
    }
    if (staleAnswers > 0) {
      staleAnswers--;
      changes++;
    }
    if (!intent.group().fingerprint().equals("fingerprint-" + changes)) {
      throw new StaleFingerprint(path);
    }
    patches.add(intent);
    tell(intent.templatePath());
  }
}
