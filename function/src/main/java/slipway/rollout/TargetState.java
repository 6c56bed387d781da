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

/**
 * What is remembered of a target from one deployment to the next: {@code targets/<target>.json} in
 * the private bucket.
 *
 * @param schema 1
 * @param owner which deployment may change the target's groups, or null while none did
 * @param good which deployment came to a good end last, or null while none did
 * @param groups what is remembered of each group, by its path
 * @param blocked digests of tarballs that turned out bad: they are refused until somebody insists
 */
public record TargetState(
    int schema,
    @Nullable Owner owner,
    @Nullable Owner good,
    Map<String, GroupHistory> groups,
    @SerializedName("held") List<Sha256> blocked) {
  /** Of a target that no deployment has touched. */
  public static final TargetState NEW = new TargetState(1, null, null, Map.of(), List.of());

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

  /**
   * How long a group took from its patch until all that it was about were new and healthy.
   *
   * @param canarySeconds for a canary, or null if that is not known
   * @param wholeSeconds for all that a canary had left, or null if that is not known
   */
  public record Took(@Nullable Long canarySeconds, @Nullable Long wholeSeconds) {
    static Took of(Rollout rollout, Duration duration) {
      long seconds = duration.toSeconds();
      return rollout.isWhole() ? new Took(null, seconds) : new Took(seconds, null);
    }

    /** Where it says nothing, what the other says. */
    Took or(@Nullable Took other) {
      return other == null
          ? this
          : new Took(
              canarySeconds == null ? other.canarySeconds : canarySeconds,
              wholeSeconds == null ? other.wholeSeconds : wholeSeconds);
    }

    @Nullable Long secondsOf(Rollout rollout) {
      return rollout.isWhole() ? wholeSeconds : canarySeconds;
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

  GroupHistory history(GroupPath group) {
    return groups.getOrDefault(group.toString(), GroupHistory.NONE);
  }

  TargetState ownedBy(@Nullable Owner next) {
    return new TargetState(schema, next, good, groups, blocked);
  }

  TargetState goodWith(Owner deployment) {
    return new TargetState(schema, owner, deployment, groups, blocked);
  }

  TargetState with(GroupPath group, GroupHistory history) {
    Map<String, GroupHistory> next = new TreeMap<>(groups);
    next.put(group.toString(), history);
    return new TargetState(schema, owner, good, next, blocked);
  }

  /** The same where nothing is known of what these groups were given. */
  TargetState unseen(List<Rollout> rollouts) {
    TargetState next = this;
    for (Rollout rollout : rollouts) {
      next = next.with(rollout.group(), history(rollout.group()).asUnseen());
    }
    return next;
  }

  TargetState blocking(List<Sha256> digests) {
    return new TargetState(schema, owner, good, groups, List.copyOf(digests));
  }
}
