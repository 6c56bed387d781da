package slipway.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.settings.GroupPath;
import slipway.upload.DeploymentId;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/**
 * Where one deployment stands; function/README.md shows the JSON. Times are the cloud's.
 *
 * @param schema 1
 * @param id the deployment's id
 * @param target the target's name, or null if the object's name belongs to none
 * @param upload what was uploaded
 * @param stage how far it has come
 * @param n how often it was handed off to a further call
 * @param lease which call works on it, or null; at the end it is kept until the log has its last
 *     line
 * @param artifact what was proven, or null until then
 * @param image what was made of it, or null until then
 * @param groups the target's groups, empty until one has its template
 * @param plan what would be done, of an upload under plan/; null for others
 * @param verdict what is thought of it
 * @param startedAt when its event was first seen
 * @param stageAt when the stage was reached
 * @param finishedAt when the last stage was reached, or null until then
 * @param trouble what has kept it from going on since its last step, or null
 */
public record DeploymentRecord(
    int schema,
    String id,
    @Nullable String target,
    Uploaded upload,
    Stage stage,
    int n,
    @Nullable Lease lease,
    @Nullable Artifact artifact,
    @Nullable MadeImage image,
    List<GroupState> groups,
    @Nullable Plan plan,
    Explanation verdict,
    Instant startedAt,
    Instant stageAt,
    @Nullable Instant finishedAt,
    @Nullable Trouble trouble) {

  /** The record that begins a deployment. */
  public static DeploymentRecord received(
      DeploymentId id, @Nullable String target, Upload upload, Instant now) {
    return new DeploymentRecord(
        1,
        id.value(),
        target,
        Uploaded.of(upload),
        Stage.RECEIVED,
        0,
        null,
        null,
        null,
        List.of(),
        null,
        Explanation.NONE,
        now,
        now,
        null,
        null);
  }

  /** The same at this stage, if it is a later one; otherwise nothing changes. */
  public DeploymentRecord reaching(Stage next, Instant now) {
    if (next.compareTo(stage) <= 0) {
      return this;
    }
    return new DeploymentRecord(
        schema,
        id,
        target,
        upload,
        next,
        n,
        lease,
        artifact,
        image,
        groups,
        plan,
        verdict,
        startedAt,
        now,
        next.isTerminal() ? now : null,
        trouble);
  }

  /** The same with this part in the place of the one before. */
  public DeploymentRecord with(Part part) {
    return new DeploymentRecord(
        schema,
        id,
        target,
        upload,
        stage,
        n,
        lease,
        part instanceof Artifact proven ? proven : artifact,
        part instanceof MadeImage made ? made : image,
        part instanceof GroupState group ? withGroup(group) : groups,
        part instanceof Plan foreseen ? foreseen : plan,
        part instanceof Explanation why ? why : verdict,
        startedAt,
        stageAt,
        finishedAt,
        trouble);
  }

  /** The same with another lease, or none, at the n-th hand-off. */
  public DeploymentRecord leased(@Nullable Lease next, int handedOff) {
    return between(next, handedOff, trouble);
  }

  /** The same with other trouble, or none. */
  public DeploymentRecord troubled(@Nullable Trouble next) {
    return between(lease, n, next);
  }

  /** The same with what changes between two steps. */
  private DeploymentRecord between(@Nullable Lease call, int handedOff, @Nullable Trouble since) {
    return new DeploymentRecord(
        schema,
        id,
        target,
        upload,
        stage,
        handedOff,
        call,
        artifact,
        image,
        groups,
        plan,
        verdict,
        startedAt,
        stageAt,
        finishedAt,
        since);
  }

  /** Where a group stands, once its template is made. */
  public Optional<GroupState> group(GroupPath path) {
    return groups.stream().filter(group -> group.group().equals(path)).findFirst();
  }

  /** Whether any group was patched. */
  public boolean isPatched() {
    return groups.stream().anyMatch(GroupState::isPatched);
  }

  /** Whether anything is left to do, if only the log's last line. */
  public boolean isOpen() {
    return !stage.isTerminal() || lease != null;
  }

  /** Whether a call works on it at this instant. */
  public boolean isLeased(Instant now) {
    return lease != null && now.isBefore(lease.until());
  }

  /** The note by which it goes on. */
  public Handoff handoff() {
    return new Handoff(id, n, upload.object(), Long.parseLong(upload.generation()));
  }

  private List<GroupState> withGroup(GroupState changed) {
    List<GroupState> all = new ArrayList<>(groups);
    all.removeIf(group -> group.group().equals(changed.group()));
    all.add(changed);
    all.sort(Comparator.comparingInt(GroupState::wave));
    return List.copyOf(all);
  }

  /** What a stage adds to the record. */
  public sealed interface Part permits Artifact, MadeImage, GroupState, Plan, Explanation {}

  /**
   * Which call works on it.
   *
   * @param owner the call
   * @param until when another may take over
   */
  public record Lease(String owner, Instant until) {}

  /**
   * What was proven.
   *
   * @param sha256 of the tarball, in hex
   * @param diskGib the disk's size
   * @param signedBy the fingerprint of the key that signed it, or null if none had to
   */
  public record Artifact(Sha256 sha256, int diskGib, @Nullable String signedBy) implements Part {}

  /**
   * What was made of it.
   *
   * @param name of the image
   * @param reused whether an earlier deployment of the same bytes made it
   */
  public record MadeImage(ImageName name, boolean reused) implements Part {}

  /**
   * What keeps a deployment from going on.
   *
   * @param since when it did so first
   * @param reason what it was the last time
   * @param slowProof whether the proof was once too slow for a whole call
   */
  public record Trouble(Instant since, String reason, boolean slowProof) {}
}
