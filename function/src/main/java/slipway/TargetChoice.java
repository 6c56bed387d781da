package slipway;

import slipway.artifact.Commands;
import slipway.fault.Finding;
import slipway.fault.Rejection;
import slipway.record.DeploymentRecord;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.upload.Upload;

/** Which target a deployment goes to. */
final class TargetChoice {
  private TargetChoice() {}

  /**
   * The target that the record names: its prefix may have changed since the deployment began.
   *
   * @throws Rejection if the object's name belongs to no target
   */
  static Target of(DeploymentRecord record, Targets targets) {
    return targets
        .named(record.target())
        .orElseThrow(() -> none(record.upload().asUpload(), targets));
  }

  private static Rejection none(Upload upload, Targets targets) {
    String file = upload.object().substring(upload.object().lastIndexOf('/') + 1);
    String renamed = Commands.path(targets.all().get(0).prefix() + file);
    String bucket = "gs://" + upload.bucket() + (upload.isPlan() ? "/plan/" : "/");
    return new Rejection(
        "no-target",
        new Finding("the object's name", "a start of " + targets.prefixes(), upload.object()),
        "mv " + Commands.path(file) + " " + renamed + " && gsutil cp " + renamed + " " + bucket);
  }
}
