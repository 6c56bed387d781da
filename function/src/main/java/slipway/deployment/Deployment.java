package slipway.deployment;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.artifact.Sha256;
import slipway.audit.AuditLine;
import slipway.image.ImageName;
import slipway.record.DeploymentRecord;
import slipway.record.DeploymentRecord.Trouble;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.record.Uploaded;
import slipway.rollout.Made;
import slipway.rollout.Ownership;
import slipway.rollout.TargetState.Owner;
import slipway.rollout.TargetStates;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;

/** One deployment to its target, while one call works on it. */
public final class Deployment {
  private final Journal journal;
  private final Target target;
  private final Ownership ownership;
  private final Gate gate;
  private final CallTime time;

  public Deployment(Journal journal, Target target, TargetStates states, CallTime time) {
    this.journal = journal;
    this.target = target;
    this.time = time;
    Uploaded upload = record().upload();
    Owner self = new Owner(record().id(), upload.timeCreated(), upload.generation());
    this.ownership = new Ownership(states, target.name(), self);
    this.gate = new Gate(journal, target, ownership);
  }

  public DeploymentId id() {
    return new DeploymentId(record().id());
  }

  public Target target() {
    return target;
  }

  /** Its right to change the target's groups. */
  public Ownership ownership() {
    return ownership;
  }

  /** What the call has left of its time. */
  public CallTime time() {
    return time;
  }

  public Upload upload() {
    return record().upload().asUpload();
  }

  public Stage stage() {
    return record().stage();
  }

  /** When it came to its stage. */
  public Instant stageAt() {
    return record().stageAt();
  }

  /** What has kept it from going on since its last step, or null. */
  public @Nullable Trouble trouble() {
    return record().trouble();
  }

  /** The tarball's digest; only once it is proven. */
  public Sha256 sha256() {
    return Objects.requireNonNull(record().artifact()).sha256();
  }

  /** The name of its image, once that is ready. */
  public Optional<ImageName> image() {
    return Optional.ofNullable(record().image()).map(DeploymentRecord.MadeImage::name);
  }

  /** URLs of the serial consoles that were kept. */
  public List<String> consoles() {
    return record().verdict().consoles();
  }

  /** Where a group stands, once its template is made. */
  public Optional<GroupState> group(GroupPath path) {
    return record().group(path);
  }

  /** Which alerts count, once a group of a target with alarms was patched. */
  public Optional<Alarms> alarms() {
    return record().groups().stream()
        .flatMap(group -> Stream.ofNullable(group.progress()))
        .flatMap(progress -> Stream.ofNullable(progress.alarms()))
        .findFirst();
  }

  /** Whether a group is in this state. */
  public boolean isIn(GroupPath path, State state) {
    return group(path).filter(group -> group.state() == state).isPresent();
  }

  /** Whether any group was patched. */
  public boolean isPatched() {
    return record().isPatched();
  }

  /** Writes a step into the record and the log. */
  public void write(Step step) throws CallOver {
    journal.write(step);
  }

  /**
   * Writes a step of a deployment that no call works on, and leaves it to nobody again.
   *
   * @throws CallOver if a call works on it by now
   */
  public void note(Step step) throws CallOver {
    if (!step.apply(record(), time.now()).equals(record())) {
      journal.take();
      journal.write(step);
      journal.release();
    }
  }

  /** Writes the end into the record and the log. */
  public void write(End end) throws CallOver {
    journal.write(end);
  }

  /** Logs the fields of a source template that are carried along unknown, if there are any. */
  public void logUnknownFields(List<String> fields) {
    if (!fields.isEmpty()) {
      log(
          AuditLine.info(
                  "template.unknown-fields",
                  "Carried along, though this version of Slipway does not know them: "
                      + String.join(", ", fields)
                      + ".")
              .with("fields", fields));
    }
  }

  /** Logs the guest features that are passed on unknown, if there are any. */
  public void logUnknownFeatures(List<String> features) {
    if (!features.isEmpty()) {
      log(
          AuditLine.info(
                  "image.unknown-features",
                  "Passed on, though this version of Slipway does not know them: "
                      + String.join(", ", features)
                      + ".")
              .with("features", features));
    }
  }

  /** Writes into the log alone. */
  public void log(AuditLine line) {
    journal.log(line);
  }

  /** What people say of it. */
  public Gate gate() {
    return gate;
  }

  /** Whether it waits for a person; that time counts for no deadline. */
  public boolean stands() {
    return Step.HoldMet.isKnown(record())
        || record().groups().stream()
            .anyMatch(group -> group.state() == State.WAITING_FOR_APPROVAL);
  }

  /** Whether another deployment of the target has not come to its end yet. */
  public boolean isBesideAnother() {
    return journal.isBesideAnother();
  }

  /** Whether an earlier generation of this very object had these bytes, and served well. */
  public boolean isRewritten() {
    return journal.deploymentsOfTheObject().stream()
        .anyMatch(entry -> entry.isGood() && sha256().equals(entry.sha256()));
  }

  /**
   * The images of these bytes that served the target well, the latest first: by its state, which
   * nobody else can write, for labels are inherited by people's copies.
   */
  public List<ImageName> goodImages() {
    return ownership.made().stream()
        .filter(one -> one.isGood() && one.sha256().equals(sha256()))
        .sorted(Comparator.comparing(Made::since).reversed())
        .map(Made::image)
        .distinct()
        .toList();
  }

  /** What it made, or used again, with this end. */
  public Made made(Made.Fate fate) {
    List<TemplatePath> templates =
        record().groups().stream()
            .map(GroupState::newTemplate)
            .filter(path -> !path.equals(TemplatePath.NONE))
            .toList();
    ImageName image = image().orElse(ImageName.of(id()));
    return new Made(record().id(), fate, time.now(), image, sha256(), templates, null);
  }

  private DeploymentRecord record() {
    return journal.record();
  }
}
