package slipway.rollout;

import com.google.gson.annotations.SerializedName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.upload.DeploymentId;

/**
 * What is remembered of a target from one deployment to the next: {@code targets/<target>.json} in
 * the private bucket.
 *
 * @param schema 2; 1 of a target of an earlier version until its records were read
 * @param owner which deployment may change the target's groups, or null while none did
 * @param good which deployment came to a good end last, or null while none did
 * @param groups what is remembered of each group, by its path
 * @param blocked digests of tarballs that turned out bad, as earlier versions kept them; now each
 *     has an object of its own
 * @param made what ended deployments made that may still be there; null if an earlier version wrote
 *     the state last
 */
public record TargetState(
    int schema,
    @Nullable Owner owner,
    @Nullable Owner good,
    Map<String, GroupHistory> groups,
    @SerializedName("held") List<Sha256> blocked,
    @Nullable List<Made> made) {
  /** From this schema on all that the target's deployments made is known by the state alone. */
  private static final int COMPLETE = 2;

  /** Of a target that no deployment has touched. */
  public static final TargetState NEW =
      new TargetState(COMPLETE, null, null, Map.of(), List.of(), List.of());

  /**
   * A deployment, and when it was uploaded: a later one takes over, an earlier one never.
   *
   * @param deployment its id
   * @param timeCreated when its object was created
   * @param generation its object's generation, as text: JSON's numbers are too short for it
   */
  public record Owner(String deployment, Instant timeCreated, String generation) {
    boolean isLaterThan(Owner other) {
      int byTime = timeCreated.compareTo(other.timeCreated);
      return byTime > 0
          || byTime == 0 && Long.parseLong(generation) > Long.parseLong(other.generation);
    }
  }

  /**
   * What is remembered of a group.
   *
   * @param lastGood the template that it last ran well, or null if none is known
   * @param lastGoodName the name of the version that had it, or null if it had none
   * @param by the deployment that patched it last, or null if none did
   * @param written versions that the target's deployments gave it: the latest, and before a patch
   *     is confirmed also those from before it
   * @param unseen whether the latest was given to a group without instances, and never seen to
   *     serve
   * @param took how long its last rollouts took, or null if that is not known
   */
  public record GroupHistory(
      @Nullable TemplatePath lastGood,
      @Nullable String lastGoodName,
      @Nullable String by,
      List<List<Version>> written,
      boolean unseen,
      @Nullable Took took) {
    static final GroupHistory NONE = new GroupHistory(null, null, null, List.of(), false, null);

    GroupHistory next(@Nullable Version good, String deployment, List<List<Version>> versions) {
      return good == null
          ? new GroupHistory(null, null, deployment, versions, false, took)
          : new GroupHistory(good.template(), good.name(), deployment, versions, false, took);
    }

    GroupHistory asUnseen() {
      return new GroupHistory(lastGood, lastGoodName, by, written, true, took);
    }

    GroupHistory with(@Nullable Took lately) {
      return lately == null
          ? this
          : new GroupHistory(lastGood, lastGoodName, by, written, unseen, lately.or(took));
    }

    /** The version that it last ran well, in all instances. */
    @Nullable Version good() {
      return lastGood == null ? null : new Version(lastGood, lastGoodName, null);
    }

    /**
     * What the group may hold from now on, the latest last. A call that has just lost the target
     * may still be on its way with what it noted, until the next patch makes its fingerprint stale.
     */
    List<List<Version>> writtenWith(Group group, Rollout rollout) {
      Set<List<Version>> all = new LinkedHashSet<>(written);
      all.add(group.versions());
      all.remove(rollout.versions());
      all.add(rollout.versions());
      return List.copyOf(all);
    }

    Optional<Duration> usual(Rollout rollout) {
      return Optional.ofNullable(took)
          .map(last -> last.secondsOf(rollout))
          .map(Duration::ofSeconds);
    }

    boolean wrote(Group group) {
      return written.contains(group.versions());
    }

    /**
     * What the group runs well. A version that nobody has seen serve yet is that once the group has
     * instances and, with all of them at it and verified, nothing more to do.
     */
    @Nullable Version goodIn(Group group) {
      boolean seenSince = unseen && group.isAtRest() && group.stable() && group.targetSize() > 0;
      return wrote(group) && !seenSince ? good() : group.serving();
    }
  }

  /** All templates that it names: what its groups may hold, or go back to. */
  public Set<TemplatePath> templates() {
    return groups.values().stream()
        .flatMap(
            history ->
                Stream.concat(
                    Stream.ofNullable(history.lastGood()),
                    history.written().stream().flatMap(List::stream).map(Version::template)))
        .collect(Collectors.toSet());
  }

  boolean isOwnedLaterThan(Owner self) {
    return owner != null && owner.isLaterThan(self);
  }

  void requireNoneLaterThan(Owner self) throws Overtaken {
    if (owner != null && owner.isLaterThan(self)) {
      throw Overtaken.byLater(owner.deployment());
    }
  }

  /** Whose doing it is that the group does not hold what this deployment gave it. */
  Overtaken overtakenBy(Group group, Owner self) {
    if (owner != null && owner.isLaterThan(self)) {
      return Overtaken.byLater(owner.deployment());
    }
    GroupHistory history = history(group.path());
    String by = history.by();
    return by != null && !by.equals(self.deployment()) && history.wrote(group)
        ? Overtaken.byLater(by)
        : Overtaken.byForeignChange(group);
  }

  /** Those templates that a deployment to another target than this may have made. */
  public Set<TemplatePath> borrowed(String target) {
    return templates().stream()
        .filter(path -> DeploymentId.ofTemplate(path.name()).isPresent())
        .filter(path -> !path.name().matches(DeploymentId.patternFor(target) + "-.{4}"))
        .collect(Collectors.toSet());
  }

  GroupHistory history(GroupPath group) {
    return groups.getOrDefault(group.toString(), GroupHistory.NONE);
  }

  TargetState ownedBy(@Nullable Owner next) {
    return new TargetState(schema, next, good, groups, blocked, made);
  }

  TargetState goodWith(Owner deployment) {
    return new TargetState(schema, owner, deployment, groups, blocked, made);
  }

  TargetState with(GroupPath group, GroupHistory history) {
    Map<String, GroupHistory> next = new TreeMap<>(groups);
    next.put(group.toString(), history);
    return new TargetState(schema, owner, good, next, blocked, made);
  }

  /** The same where nothing is known of what these groups were given. */
  TargetState unseen(List<Rollout> rollouts) {
    TargetState next = this;
    for (Rollout rollout : rollouts) {
      next = next.with(rollout.group(), history(rollout.group()).asUnseen());
    }
    return next;
  }

  /** The same without this digest among the blocked ones. */
  TargetState unblocking(Sha256 digest) {
    List<Sha256> rest = blocked.stream().filter(one -> !one.equals(digest)).toList();
    return new TargetState(schema, owner, good, groups, rest, made);
  }

  /** Whether all that the target's deployments made, and may still be there, is known. */
  public boolean isComplete() {
    return schema >= COMPLETE && made != null;
  }

  /** The same once all records of earlier versions were read, and their digests have objects. */
  public TargetState completed() {
    return new TargetState(COMPLETE, owner, good, groups, List.of(), known());
  }

  /** What is known of what ended deployments made. */
  public List<Made> known() {
    return made == null ? List.of() : made;
  }

  /** The same with other things made. */
  public TargetState making(List<Made> all) {
    return new TargetState(schema, owner, good, groups, blocked, List.copyOf(all));
  }

  /**
   * The same with what this deployment made. An image that served well is no longer to be deleted;
   * one that is used again in vain goes when it was to go before.
   */
  public TargetState with(Made latest) {
    Stream<Made> others =
        known().stream().filter(one -> !one.deployment().equals(latest.deployment()));
    Instant announced =
        known().stream()
            .filter(one -> one.image().equals(latest.image()))
            .flatMap(one -> Stream.ofNullable(one.deleteAfter()))
            .findFirst()
            .orElse(latest.deleteAfter());
    Instant deleteAfter = latest.isGood() ? latest.deleteAfter() : announced;
    return making(
        Stream.concat(others, Stream.of(latest))
            .map(one -> one.image().equals(latest.image()) ? one.deletedAfter(deleteAfter) : one)
            .toList());
  }
}
