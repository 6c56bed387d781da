package slipway.record;

import java.time.Instant;
import java.util.List;
import slipway.fault.Misconfigured;

/**
 * What is open: an object for each deployment that has something left to do, {@code open/<id>} in
 * the private bucket. It is there before the record is, and as long as the record is open.
 */
public interface OpenMarkers {
  /**
   * Writes the marker, also over one that is there: whoever wants to delete that one by its
   * generation finds another.
   *
   * @param object the name of what was uploaded
   * @param generation its generation
   * @throws Misconfigured if the private bucket may not be written
   */
  void put(String deployment, String object, long generation);

  /** All markers. */
  List<Marker> all();

  /** The markers of the deployments to a target, plans too. */
  List<Marker> of(String target);

  /** Deletes a deployment's marker; one that is gone is no error. */
  void remove(String deployment);

  /** Deletes the marker if nobody wrote it since it was listed. */
  void remove(Marker marker);

  /**
   * A marker as it was listed.
   *
   * @param deployment the deployment's id
   * @param object the name of what was uploaded
   * @param generation its generation
   * @param written the generation of the marker itself
   * @param since when it was written, by the bucket's clock
   */
  record Marker(String deployment, String object, long generation, long written, Instant since) {}
}
