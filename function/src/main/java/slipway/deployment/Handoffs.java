package slipway.deployment;

import slipway.upload.Handoff;

/** The notes by which a deployment goes on in a further call. */
public interface Handoffs {
  /** Writes the note, whose event goes on with the deployment; one that is there stays as it is. */
  void write(Handoff note);

  /**
   * Writes the note once more under a name of its own, since its first event may be lost.
   *
   * @param again the same number gives the same name
   */
  void writeAgain(Handoff note, long again);
}
