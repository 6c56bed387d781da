package slipway.artifact;

import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Commands;
import slipway.upload.Upload;

/** The upload under proof, as its refusals name it. */
final class Subject {
  private final Upload upload;
  private final Commands commands;

  Subject(Upload upload) {
    this.upload = upload;
    this.commands = Commands.of(upload);
  }

  Upload upload() {
    return upload;
  }

  Commands commands() {
    return commands;
  }

  /**
   * Makes the refusal, with the reason's usual remedy.
   *
   * @param part what was looked at: "the tar header"
   */
  Rejection refuse(Reason reason, String part, String expected, String found) {
    return refuse(reason, new Finding(part, expected, found), reason.remedy(commands));
  }

  /** For a fault whose remedy depends on what was found. */
  Rejection refuse(Reason reason, Finding finding, String nextStep) {
    Finding named =
        new Finding(
            finding.thing() + " of " + Printable.of(upload.object()),
            finding.expected(),
            finding.found());
    return new Rejection(reason.code(), named, nextStep);
  }
}
