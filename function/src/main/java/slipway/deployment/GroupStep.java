package slipway.deployment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import slipway.audit.AuditLine;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.GroupState.Instances;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.template.Template;
import slipway.verdict.Progress;
import slipway.verdict.Tally;
import slipway.verdict.Verdict;
import slipway.verdict.Watch.Observation;

/** A step of one group of the target. */
public sealed interface GroupStep extends Step {
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
  record TemplateReady(GroupPath path, int wave, TemplatePath previous, Template template)
      implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before
          .with(new GroupState(path, wave, State.WAITING, previous, template.path(), null, null))
          .reaching(Stage.TEMPLATE_READY, now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("template.created", template.path() + " was made.")
              .with("template", template.path().value())
              .with("previous", previous.value()));
    }
  }

  /** The group has come to run something else well since its template was made. */
  record PreviousChanged(GroupPath path, TemplatePath previous) implements GroupStep {
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
   * @param state {@link State#CANARY} or {@link State#ROLLING}
   */
  record Patched(GroupPath path, State state) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before
          .with(group(before).in(state).with(null, Progress.startingAt(now)))
          .reaching(Stage.ROLLING, now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      GroupState group = group(before);
      String how = state == State.CANARY ? " begins with its canary." : " replaces the rest.";
      return Optional.of(
          AuditLine.info("rollout.started", path.name() + how)
              .with("group", path.toString())
              .with("from", group.previousTemplate().value())
              .with("to", group.newTemplate().value()));
    }
  }

  /** The group was patched to run its last known good version again. */
  record PatchedBack(GroupPath path, TemplatePath lastGood) implements GroupStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      Optional<GroupState> known = before.group(path);
      return before.with(
          new GroupState(
              path,
              known.map(GroupState::wave).orElse(Integer.MAX_VALUE),
              State.ROLLING_BACK,
              lastGood,
              known.map(GroupState::newTemplate).orElse(TemplatePath.NONE),
              null,
              Progress.startingAt(now)));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      TemplatePath from = before.group(path).map(GroupState::newTemplate).orElse(TemplatePath.NONE);
      return Optional.of(
          AuditLine.info("rollback.started", path.name() + " goes back to " + lastGood + ".")
              .with("group", path.toString())
              .with("from", from.value())
              .with("to", lastGood.value()));
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
      boolean soaking = observation.verdict().code() == Verdict.Code.SOAKING;
      boolean whole = group.state() == State.ROLLING || group.state() == State.SOAKING;
      State state = whole ? (soaking ? State.SOAKING : State.ROLLING) : group.state();
      DeploymentRecord next =
          before.with(group.in(state).with(instances(), observation.progress()));
      return whole && soaking && last ? next.reaching(Stage.SOAKING, now) : next;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      Instances seen = instances();
      String message = observation.verdict().message();
      return Optional.of(
          AuditLine.info(
                  "rollout.progress",
                  message + " " + seen.fresh() + " of " + seen.total() + " have it.")
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

    private Instances instances() {
      Tally tally = observation.seen().tally();
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
