package slipway.deployment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.GroupState.Instances;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.template.Template;
import slipway.verdict.Baseline;
import slipway.verdict.Progress;
import slipway.verdict.Snapshot;
import slipway.verdict.Tally;
import slipway.verdict.Verdict;
import slipway.verdict.Watch.Observation;

/** A step of one group of the target. */
public sealed interface GroupStep extends Step
    permits GroupStep.TemplateReady,
        GroupStep.PreviousChanged,
        GroupStep.Patched,
        GroupStep.PatchedBack,
        GroupStep.Observed,
        GroupStep.Settled,
        ApprovalStep {
  /** Which group. */
  GroupPath path();

  /** Where the group stands, once its template is made. */
  default GroupState group(DeploymentRecord record) {
    return record.group(path()).orElseThrow();
  }

  /**
   * The group's template boots the image.
   *
   * @param wave the group's place in the order, from 1
   * @param previous what the group runs well now
   */
  record TemplateReady(GroupPath path, int wave, Version previous, Template template)
      implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before
          .with(GroupState.waiting(path, wave, previous, template.path()))
          .reaching(Stage.TEMPLATE_READY, now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("template.created", template.path() + " was made.")
              .with("template", template.path().value())
              .with("previous", previous.template().value()));
    }
  }

  /** The group has come to run something else well since its template was made. */
  record PreviousChanged(GroupPath path, Version previous) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before.with(group(before).insteadOf(previous));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.empty();
    }
  }

  /**
   * The group was patched; from now on its progress counts.
   *
   * @param step which of the steps it takes, or null if all follow
   * @param baseline how it was before, or null if that was not looked at
   * @param alarms which alerts count, or null if the target has no alarms
   */
  record Patched(
      GroupPath path,
      GroupState.@Nullable Step step,
      @Nullable Baseline baseline,
      @Nullable Alarms alarms)
      implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      GroupState group = group(before);
      Progress earlier = group.progress();
      Baseline first = baseline == null ? null : baseline.following(earlier);
      Baseline known = first == null && earlier != null ? earlier.baseline() : first;
      State state = step == null ? State.ROLLING : State.CANARY;
      return before
          .with(group.in(state).at(step).with(null, Progress.startingAt(now, known, alarms)))
          .reaching(Stage.ROLLING, now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      GroupState group = group(before);
      return Optional.of(
          AuditLine.info("rollout.started", path.name() + how())
              .with("group", path.toString())
              .with("from", group.previousTemplate().value())
              .with("to", group.newTemplate().value()));
    }

    private String how() {
      if (step == null) {
        return " replaces its instances.";
      }
      return step.of() == 1
          ? " begins with its canary."
          : " takes step " + step.number() + " of " + step.of() + ", " + step.size() + ".";
    }
  }

  /** The group was patched to run its last known good version again. */
  record PatchedBack(GroupPath path, Version lastGood) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      GroupState group =
          before
              .group(path)
              .orElse(GroupState.waiting(path, Integer.MAX_VALUE, lastGood, TemplatePath.NONE));
      Progress forward = group.progress();
      Progress back = Progress.startingAt(now, forward == null ? null : forward.baseline(), null);
      return before.with(group.insteadOf(lastGood).in(State.ROLLING_BACK).with(null, back));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      TemplatePath from = before.group(path).map(GroupState::newTemplate).orElse(TemplatePath.NONE);
      return Optional.of(
          AuditLine.info("rollback.started", path.name() + " goes back to " + lastGood + ".")
              .with("group", path.toString())
              .with("from", from.value())
              .with("to", lastGood.template().value()));
    }
  }

  /**
   * One look at the group; written where it differs from the one before.
   *
   * @param last whether the group is the target's last
   */
  record Observed(GroupPath path, boolean last, Observation observation) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      GroupState group = group(before);
      if (observation.seen() == null) {
        return before.with(group.with(group.instances(), observation.progress()));
      }
      boolean soaking = observation.isSoaking();
      boolean whole = group.state() == State.ROLLING || group.state() == State.SOAKING;
      State state = whole ? (soaking ? State.SOAKING : State.ROLLING) : group.state();
      DeploymentRecord next =
          before.with(group.in(state).with(instances(observation.seen()), observation.progress()));
      return whole && soaking && last ? next.reaching(Stage.SOAKING, now) : next;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      String message = observation.verdict().message();
      if (observation.seen() == null) {
        return Optional.of(
            new AuditLine(Severity.WARNING, "rollout.look-lost", message, Map.of())
                .with("group", path.toString()));
      }
      Instances seen = instances(observation.seen());
      return Optional.of(
          AuditLine.info(
                  "rollout.progress",
                  message
                      + " "
                      + seen.fresh()
                      + " of "
                      + seen.total()
                      + " instances are on that version.")
              .with("group", path.toString())
              .with(
                  "instances",
                  Map.of(
                      "total",
                      seen.total(),
                      "new",
                      seen.fresh(),
                      "healthyNew",
                      seen.healthyNew())));
    }

    private static Instances instances(Snapshot seen) {
      Tally tally = seen.tally();
      return new Instances(tally.total(), tally.fresh(), tally.healthyFresh());
    }
  }

  /**
   * The group has reached its version for good: the new one, or the one before again.
   *
   * @param state {@link State#GOOD} or {@link State#ROLLED_BACK}
   */
  record Settled(GroupPath path, State state, Verdict verdict) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before.with(group(before).in(state));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      String event = state == State.GOOD ? "verdict.good" : "rollback.finished";
      return Optional.of(AuditLine.info(event, verdict.message()).with("group", path.toString()));
    }
  }
}
