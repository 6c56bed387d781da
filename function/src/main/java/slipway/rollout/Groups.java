package slipway.rollout;

import java.util.List;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.time.CallOver;

/** Managed instance groups, zonal and regional. */
public interface Groups {
  /** The group as it is now; empty if there is none. */
  Optional<Group> find(GroupPath path);

  /** Its instances as they are now, also those that are being made or deleted. */
  List<Instance> instances(GroupPath path);

  /**
   * What an instance's first serial port said last, at most 1 MB.
   *
   * @throws OperationFailed if it cannot be read
   */
  String console(Instance instance) throws OperationFailed;

  /**
   * Stores what the instances shall run; returns when it is stored, long before they do.
   *
   * @throws StaleFingerprint if somebody changed the group since it was read
   * @throws OperationFailed if Compute refuses it
   */
  void patch(Intent intent)
      throws StaleFingerprint, OperationFailed, CallOver, InterruptedException;

  /**
   * What to store.
   *
   * @param group the group as it was read, with the fingerprint of that moment
   * @param versions what its instances shall run
   * @param rolling how far the group may leave its target size meanwhile
   */
  record Intent(Group group, List<Version> versions, Target.Rolling rolling) {}

  /** The group was changed between reading and patching: read it again and decide again. */
  final class StaleFingerprint extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names the group. */
    public StaleFingerprint(GroupPath path) {
      super(path + " was changed by somebody else at the same moment");
    }
  }
}
