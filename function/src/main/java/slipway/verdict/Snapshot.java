package slipway.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alert;
import slipway.rollout.Group;
import slipway.rollout.Groups.Ended;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Status;
import slipway.rollout.Rollout;
import slipway.settings.TemplatePath;

/**
 * A group and its instances at one moment.
 *
 * @param rollout what it was patched to
 * @param group as it was then
 * @param instances all of them but those that are stopped or suspended, which are nobody's concern
 * @param ends how new ones that ended since the look before came to their ends, by name
 * @param alerts of the target's alarms, those that count
 * @param at when
 */
public record Snapshot(
    Rollout rollout,
    Group group,
    List<Instance> instances,
    Map<String, Ended> ends,
    List<Alert> alerts,
    Instant at) {

  public Snapshot {
    instances = instances.stream().filter(one -> one.status() != Status.ASLEEP).toList();
    ends = Map.copyOf(ends);
    alerts = List.copyOf(alerts);
  }

  /** Its instances, counted. */
  public Tally tally() {
    return Tally.of(this);
  }

  /** Whether an instance is to run the new version, and is not about to go. */
  boolean isNew(Instance one) {
    return one.template().equals(rollout.template()) && one.action() != Action.DELETING;
  }

  /** Of the new version's machines that are up, the number of each by its instance's name. */
  Map<String, String> machines() {
    Map<String, String> all = new TreeMap<>();
    for (Instance one : instances) {
      boolean up = one.settled() || one.action() == Action.VERIFYING;
      if (up && one.id() != null && isNew(one)) {
        all.put(one.name(), one.id());
      }
    }
    return all;
  }

  List<Instance> illNew() {
    return instances.stream()
        .filter(this::isNew)
        .filter(one -> one.failsCheck() || one.action() == Action.RECREATING)
        .toList();
  }

  /** Those that are to run another version, and are not about to go. */
  Stream<Instance> old() {
    return instances.stream()
        .filter(one -> !one.template().equals(rollout.template()))
        .filter(one -> !one.template().equals(TemplatePath.NONE))
        .filter(one -> one.action() != Action.DELETING);
  }

  /** How many instances shall be of the new version, as Compute counts a share of the group. */
  int wanted() {
    return rollout.isWhole() ? group.targetSize() : group.wanted(rollout.template());
  }

  /**
   * Whether as many instances as shall be are of the new version and healthy, none of another is
   * left over, and the group does nothing more. That the patch is done says nothing of it: it only
   * means that the intent is stored. None at all are good only on the way back.
   *
   * @param before what was ill then need not be well after going back; and a group heals what is
   *     ill all the time
   */
  boolean isComplete(@Nullable Baseline before) {
    boolean back = rollout.isBack();
    int needed = back && before != null ? before.healthyOf(wanted()) : wanted();
    boolean still = group.stable() || before != null && before.ill() > 0;
    Tally tally = tally();
    return group.reached()
        && still
        && (back || wanted() > 0)
        && (!rollout.isWhole() || tally.stale() == 0)
        && tally.healthyFresh() >= needed;
  }
}
