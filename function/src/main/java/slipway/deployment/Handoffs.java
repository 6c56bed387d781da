package slipway.deployment;

import java.time.Instant;
import slipway.upload.Handoff;

/** The notes by which a deployment goes on in a further call. */
public interface Handoffs {
  /**
   * Writes the note, whose event goes on with the deployment. One that is there stays as it is if
   * its event does so; one that somebody else wrote too early, or of another content, does not, and
   * then the note is written under another name.
   *
   * @param since when the record came to wait for the note: events of earlier notes are lost
   */
  void write(Handoff note, Instant since);

  /**
   * Writes the note once more under a name of its own, since its first event may be lost.
   *
   * @param again the same number gives the same name
   */
  void writeAgain(Handoff note, long again);
}
