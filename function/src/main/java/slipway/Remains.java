package slipway;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.deployment.Deployment;
import slipway.deployment.Journal;
import slipway.fault.Fault;
import slipway.fault.Misconfigured;
import slipway.record.DeploymentRecord;
import slipway.rollout.Made;
import slipway.rollout.Overtaken;
import slipway.settings.Targets;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;

/**
 * What a deployment leaves behind that does not come to a good end. It stands in the target's state
 * before the record says that the deployment has ended: nobody would look for it afterwards.
 */
final class Remains {
  private final Stages stages;
  private final Targets targets;

  Remains(Stages stages, Targets targets) {
    this.stages = stages;
    this.targets = targets;
  }

  /** Of one that a fault ended: that of its end is told, whatever else goes wrong here. */
  void settle(Journal journal, CallTime time) throws IOException {
    forgetCopy(journal);
    try {
      leave(journal, time, Made.Fate.UNUSED);
    } catch (Fault second) {
      journal.log(
          new AuditLine(
              Severity.WARNING,
              "prune.failed",
              "What this deployment made is not noted: " + second.getMessage(),
              Map.of()));
    }
  }

  /** Of one that was overtaken; by a later upload, and all that it made goes at once. */
  void settle(Journal journal, CallTime time, Overtaken overtaken) throws IOException, CallOver {
    forgetCopy(journal);
    boolean later = overtaken.by() == Overtaken.By.LATER_UPLOAD;
    Optional<Deployment> left =
        leave(journal, time, later ? Made.Fate.OVERTAKEN : Made.Fate.UNUSED);
    if (later && left.isPresent()) {
      stages.prune().leftovers(left.get());
    }
  }

  /** Returns the deployment, if there is anything that it may have made. */
  private Optional<Deployment> leave(Journal journal, CallTime time, Made.Fate fate)
      throws IOException {
    if (!mayHaveMade(journal.record())) {
      return Optional.empty();
    }
    Optional<Deployment> deployment =
        targets
            .named(journal.record().target())
            .map(target -> new Deployment(journal, target, stages.states(), time))
            .filter(one -> one.image().isPresent() || stages.image().isBegun(one.id()));
    if (deployment.isPresent()) {
      deployment.get().ownership().leave(deployment.get().made(fate));
    }
    return deployment;
  }

  private static boolean mayHaveMade(DeploymentRecord record) {
    return record.artifact() != null && !record.upload().asUpload().isPlan();
  }

  /** A call may have died between making the private copy and deleting it. */
  private void forgetCopy(Journal journal) {
    DeploymentRecord record = journal.record();
    if (mayHaveMade(record) && record.image() == null) {
      forgetCopy(new DeploymentId(record.id()), journal::log);
    }
  }

  /** A copy that may not be deleted stops nothing. */
  void forgetCopy(DeploymentId id, Consumer<AuditLine> log) {
    try {
      stages.image().forgetCopy(id);
    } catch (Misconfigured kept) {
      log.accept(
          new AuditLine(
              Severity.WARNING,
              "copy.kept",
              "The private copy of the tarball could not be deleted: " + kept.getMessage(),
              Map.of("code", kept.code())));
    }
  }
}
