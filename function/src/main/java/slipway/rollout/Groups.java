package slipway.rollout;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.time.CallOver;

/** Managed instance groups, zonal and regional. */
public interface Groups {
  /** The code of the fault that a group does not exist. */
  String GONE = "no-such-group";

  /** The group as it is now; empty if there is none. */
  Optional<Group> find(GroupPath path);

  /**
   * The group as it is now.
   *
   * @throws Misconfigured if there is none
   */
  default Group read(GroupPath path) {
    return find(path)
        .orElseThrow(
            () ->
                new Misconfigured(
                    GONE,
                    List.of(new Finding("TARGETS", "a group that exists", path.toString())),
                    "Make the group, or mend its path in TARGETS; then upload again."));
  }

  /**
   * The architecture of a machine type in the group's zones: {@code X86_64} or {@code ARM64}.
   *
   * @return empty if none of them has the type, or Compute does not say
   * @throws Misconfigured if it may not be read
   */
  Optional<String> architecture(Group group, String machineType);

  /** Its instances as they are now, also those that are being made or deleted. */
  List<Instance> instances(GroupPath path);

  /**
   * What an instance's first serial port said last, at most 1 MB.
   *
   * @throws IOException if it cannot be read
   */
  String console(Instance instance) throws IOException;

  /**
   * How an instance that is being made anew came to its end.
   *
   * @param after only what happened after this instant is meant
   */
  Ended ended(Instance instance, Instant after);

  /** How an instance came to its end. */
  enum Ended {
    /** By itself, or since it failed its check. */
    ITSELF,
    /** It was a Spot instance, and Compute took it back. */
    PREEMPTED,
    /** It was a Spot instance, and nobody may ask whether Compute took it back. */
    UNKNOWN
  }

  /**
   * Stores what the instances shall run; returns when it is stored, long before they do.
   *
   * @return false if somebody changed the group since it was read: nothing was stored
   * @throws OperationFailed if Compute refuses it
   */
  boolean patch(Intent intent) throws IOException, CallOver;

  /**
   * What to store.
   *
   * @param group the group as it was read, with the fingerprint of that moment
   * @param versions what its instances shall run
   * @param rolling how far the group may leave its target size meanwhile
   */
  record Intent(Group group, List<Version> versions, Target.Rolling rolling) {}
}
