package slipway.record;

import slipway.audit.AuditLine;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.upload.Handoff;
import slipway.verdict.Course;

/** How an operator's hold of the target reads in the record and in the log. */
public final class Hold {
  private static final String CODE = "on-hold";

  private final Journal journal;

  Hold(Journal journal) {
    this.journal = journal;
  }

  /**
   * It is there: told once, however often a call meets it.
   *
   * @param url of the operator's object
   */
  void met(String url) throws ChangedMeanwhile {
    String message = journal.record().target() + " is on hold by " + url + ".";
    String sweep = "gs://" + journal.record().upload().bucket() + "/" + Handoff.SWEEP;
    Reason reason =
        Reason.of(CODE, message, "gsutil rm " + url + " && gsutil cp /dev/null " + sweep);
    if (isTold()) {
      journal.note(record -> paused(record));
    } else {
      journal.update(
          record -> paused(record).with(reason),
          AuditLine.info("hold.met", message + " It goes on once that is gone.").with("hold", url));
    }
  }

  /** It is not there, or no longer. */
  void absent() throws ChangedMeanwhile {
    if (isTold()) {
      journal.update(
          record -> record.with(Reason.NONE),
          AuditLine.info("hold.released", journal.record().target() + " is on hold no more."));
    }
  }

  private boolean isTold() {
    return CODE.equals(journal.record().verdict().code());
  }

  /** The time that a canary stands on hold does not count. */
  private DeploymentRecord paused(DeploymentRecord record) {
    DeploymentRecord paused = record;
    for (GroupState group : record.groups()) {
      Course course = group.course();
      if (group.state() == State.CANARY && course != null) {
        paused = paused.with(group.seen(group.instances(), course.resumingAt(journal.now())));
      }
    }
    return paused;
  }
}
