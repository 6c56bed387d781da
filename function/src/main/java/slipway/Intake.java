package slipway;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.audit.AuditLine;
import slipway.fault.Finding;
import slipway.fault.Rejection;
import slipway.record.Journal;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.upload.Commands;
import slipway.upload.FinalizeEvent;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/** Which events are uploads of a target, and which are to be passed over. */
final class Intake {
  private final Settings settings;
  private final Journal.Desk desk;

  Intake(Settings settings, Journal.Desk desk) {
    this.settings = settings;
    this.desk = desk;
  }

  /** The name of the target that the object's name belongs to, or null. */
  @Nullable String targetName(Upload upload) {
    return settings.targets().forObject(upload.object()).map(Target::name).orElse(null);
  }

  boolean isPassedOver(Upload upload) {
    Optional<String> reason = reasonToPassOver(upload);
    reason.ifPresent(text -> passOver(upload, text));
    return reason.isPresent();
  }

  void passOver(Upload upload, String reason) {
    desk.audit()
        .write(
            AuditLine.info("upload.passed-over", upload.object() + " is " + reason + ".")
                .with("object", upload.object())
                .with("generation", Long.toString(upload.generation())));
  }

  private Optional<String> reasonToPassOver(Upload upload) {
    if (!upload.bucket().equals(settings.buckets().uploads())) {
      return Optional.of("in " + upload.bucket() + ", which is not UPLOADS_BUCKET");
    }
    if (FinalizeEvent.isHandoff(upload.object())) {
      return Handoff.of(upload).isPresent()
          ? Optional.empty()
          : Optional.of("in handoff/, where the function keeps its own notes");
    }
    if (FinalizeEvent.isPartOfComposite(upload.object())) {
      return Optional.of("a part of a composite upload");
    }
    return desk.records().hasRoomFor(upload)
        ? Optional.empty()
        : Optional.of("too long a name to keep a record of: upload it under a shorter one");
  }

  /** The target that the record names: its prefix may have changed since the deployment began. */
  Target target(@Nullable String name, Upload upload) {
    return settings.targets().all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> noTarget(upload));
  }

  private Rejection noTarget(Upload upload) {
    Targets targets = settings.targets();
    String file = upload.object().substring(upload.object().lastIndexOf('/') + 1);
    String renamed = Commands.path(targets.all().get(0).prefix() + file);
    return new Rejection(
        "no-target",
        new Finding("the object's name", "a start of " + targets.prefixes(), upload.object()),
        "mv "
            + Commands.path(file)
            + " "
            + renamed
            + " && gsutil cp "
            + renamed
            + " gs://"
            + upload.bucket()
            + "/");
  }
}
