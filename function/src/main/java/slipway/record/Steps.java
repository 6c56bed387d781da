package slipway.record;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.artifact.VerifiedArtifact;
import slipway.audit.AuditLine;
import slipway.image.Image;
import slipway.record.DeploymentRecord.Artifact;
import slipway.record.DeploymentRecord.MadeImage;
import slipway.record.GroupState.Instances;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.TargetState;
import slipway.settings.GroupPath;
import slipway.settings.SigningKey;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import slipway.verdict.Course;
import slipway.verdict.Tally;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** How each step of a deployment reads in the record and in the log. */
public final class Steps {
  private final Journal journal;

  /** Writes into this. */
  public Steps(Journal journal) {
    this.journal = journal;
  }

  /** The deployment's id. */
  public DeploymentId id() {
    return new DeploymentId(journal.record().id());
  }

  /** As which the deployment claims its target. */
  public TargetState.Owner owner() {
    DeploymentRecord.Uploaded upload = journal.record().upload();
    return new TargetState.Owner(journal.record().id(), upload.timeCreated(), upload.generation());
  }

  /** How far it has come. */
  public Stage stage() {
    return journal.record().stage();
  }

  /** The image's name, once it is ready. */
  public Optional<String> image() {
    return Optional.ofNullable(journal.record().image()).map(MadeImage::name);
  }

  /** What was uploaded. */
  public Upload upload() {
    return journal.record().upload().asUpload();
  }

  /** The digest; only once it is proven. */
  public String sha256() {
    return Objects.requireNonNull(journal.record().artifact()).sha256();
  }

  /** All deployments of a target, this one too. */
  public List<Records.Entry> all(Target target) {
    return journal.all(target);
  }

  /**
   * The images of these bytes that served a target well, the latest first: by its records, which
   * nobody else can write, for labels are inherited by people's copies.
   */
  public List<String> goodImages(Target target) {
    return all(target).stream()
        .filter(entry -> entry.isGood() && sha256().equals(entry.sha256()))
        .sorted(Comparator.comparing(Records.Entry::since).reversed())
        .flatMap(entry -> Stream.ofNullable(entry.image()))
        .distinct()
        .toList();
  }

  /** Tells the log alone. */
  public void tell(AuditLine line) {
    journal.tell(line);
  }

  /** Whether a group is in this state. */
  public boolean isIn(GroupPath path, State state) {
    return group(path).filter(group -> group.state() == state).isPresent();
  }

  /** What is known of a group, once its template is made. */
  public Optional<GroupState> group(GroupPath path) {
    return journal.record().groups().stream()
        .filter(group -> group.group().equals(path.toString()))
        .findFirst();
  }

  /** Whether any group was told anything. */
  public boolean isTold() {
    return journal.record().groups().stream().anyMatch(group -> group.course() != null);
  }

  /** The tarball is what Compute Engine takes. */
  public void proven(VerifiedArtifact artifact) throws ChangedMeanwhile {
    String sha256 = artifact.sha256().hex();
    String object = artifact.upload().object();
    String signedBy = artifact.signedBy().map(SigningKey::fingerprint).orElse(null);
    journal.advance(
        Stage.PROVEN,
        record -> record.with(new Artifact(sha256, artifact.diskGib(), signedBy)),
        AuditLine.info(
                "artifact.proven",
                object + " holds a disk of " + artifact.diskGib() + " GiB" + signed(artifact) + ".")
            .with("sha256", sha256)
            .with("diskGib", artifact.diskGib())
            .with("signedBy", signedBy == null ? "nobody" : signedBy));
  }

  private static String signed(VerifiedArtifact artifact) {
    return artifact.hasUncheckedSignature()
        ? "; its signature was not checked, since the target has no signingKeys"
        : artifact.signedBy().map(key -> ", signed by the key " + key.fingerprint()).orElse("");
  }

  /**
   * The image can be booted.
   *
   * @param reused whether an earlier deployment of the same bytes made it
   */
  public void imageReady(Image image, boolean reused) throws ChangedMeanwhile {
    String what = reused ? "image.reused" : "image.created";
    String how = reused ? " of the same bytes is used again." : " is ready.";
    journal.advance(
        Stage.IMAGE_READY,
        record -> record.with(new MadeImage(image.name(), reused)),
        AuditLine.info(what, "Image " + image.name() + how).with("image", image.name()));
  }

  /** Fields of the source template that were carried along though no library of ours knows them. */
  public void carriedUnknown(List<String> fields) {
    if (!fields.isEmpty()) {
      journal.tell(
          AuditLine.info(
                  "template.unknown-fields",
                  "Carried along, though unknown here: " + String.join(", ", fields) + ".")
              .with("fields", fields));
    }
  }

  /** The template of one group boots the image. */
  public void templateReady(GroupPath path, int wave, String previous, Template template)
      throws ChangedMeanwhile {
    GroupState group =
        new GroupState(path.toString(), wave, State.WAITING, previous, template.path(), null, null);
    AuditLine line =
        AuditLine.info("template.created", template.path() + " is made.")
            .with("template", template.path())
            .with("previous", previous);
    journal.reach(Stage.TEMPLATE_READY, record -> record.with(group), line);
  }

  /** The group runs something else well than when its template was made. */
  public void previously(GroupPath path, String previous) throws ChangedMeanwhile {
    GroupState group = group(path).orElseThrow();
    journal.note(record -> record.with(group.instead(previous)));
  }

  /** The group was told; from now on its course counts. */
  public void told(GroupPath path, State state) throws ChangedMeanwhile {
    GroupState group = group(path).orElseThrow();
    String how = state == State.CANARY ? "begins with its canary." : "begins to replace the rest.";
    journal.reach(
        Stage.ROLLING,
        record -> record.with(group.in(state).seen(null, Course.startingAt(journal.now()))),
        AuditLine.info("rollout.started", path.name() + " " + how)
            .with("group", path.toString())
            .with("from", group.previousTemplate())
            .with("to", group.newTemplate()));
  }

  /** The group was told to run its last known good version again. */
  public void toldBack(GroupPath path, String lastGood) throws ChangedMeanwhile {
    Optional<GroupState> known = group(path);
    GroupState group =
        new GroupState(
            path.toString(),
            known.map(GroupState::wave).orElse(Integer.MAX_VALUE),
            State.ROLLING_BACK,
            lastGood,
            known.map(GroupState::newTemplate).orElse(""),
            null,
            Course.startingAt(journal.now()));
    journal.update(
        record -> record.with(group),
        AuditLine.info("rollback.started", path.name() + " goes back to " + lastGood + ".")
            .with("group", path.toString())
            .with("from", group.newTemplate())
            .with("to", lastGood));
  }

  /** One look at a group; written down where it differs from the one before. */
  public void looked(GroupPath path, boolean last, Watch.Seen seen) throws ChangedMeanwhile {
    Tally tally = seen.tally();
    Instances now = new Instances(tally.total(), tally.fresh(), tally.healthyFresh());
    GroupState before = group(path).orElseThrow();
    boolean soaking = seen.verdict().code() == Verdict.Code.SOAKING;
    boolean whole = before.state() == State.ROLLING || before.state() == State.SOAKING;
    State state = whole ? (soaking ? State.SOAKING : State.ROLLING) : before.state();
    GroupState next = before.in(state).seen(now, seen.course());
    AuditLine line =
        AuditLine.info(
                "rollout.progress",
                seen.verdict().message() + " " + now.fresh() + " of " + now.total() + " have it.")
            .with("group", path.toString())
            .with(
                "instances",
                Map.of("total", now.total(), "new", now.fresh(), "healthyNew", now.healthyNew()));
    if (whole && soaking && last) {
      journal.advance(Stage.SOAKING, record -> record.with(next), line);
    }
    journal.update(record -> record.with(next), line);
  }

  /** A group is where it shall be; what this means for the deployment is told elsewhere. */
  public void reached(GroupPath path, State state, Verdict verdict) throws ChangedMeanwhile {
    GroupState next = group(path).orElseThrow().in(state);
    journal.update(
        record -> record.with(next),
        AuditLine.info(
                state == State.GOOD ? "verdict.good" : "rollback.finished", verdict.message())
            .with("group", path.toString()));
  }
}
