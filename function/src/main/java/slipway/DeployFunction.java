package slipway;

import com.google.cloud.functions.CloudEventsFunction;
import com.google.common.base.Throwables;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Logger;
import slipway.audit.Audit;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Misconfigured;
import slipway.time.CallOver;
import slipway.time.RunningTime;
import slipway.upload.FinalizeEvent;
import slipway.upload.Upload;

/**
 * The function: each object that is written to the uploads bucket calls it with a CloudEvent. It
 * returns if the deployment has come to an end that somebody can read in its record, and throws if
 * the event must be delivered again.
 */
public final class DeployFunction implements CloudEventsFunction {
  /**
   * The framework's logger for what a function throws, by its source (functions-framework-java,
   * BackgroundFunctionExecutor). That an event comes again is by design, and no error; held here,
   * since the JDK forgets a logger that nobody holds, and its filter with it.
   */
  private static final Logger EXECUTOR =
      Logger.getLogger("com.google.cloud.functions.invoker.BackgroundFunctionExecutor");

  private final Wiring wiring;

  /**
   * Reads the settings from the environment.
   *
   * @throws Misconfigured if they are faulty, so that a new revision never becomes ready
   */
  public DeployFunction() {
    EXECUTOR.setFilter(line -> !(line.getThrown() instanceof CallOver));
    try {
      wiring = Wiring.of(System.getenv());
    } catch (Misconfigured faulty) {
      AuditLine line =
          new AuditLine(
              Severity.ERROR, "settings.refused", String.valueOf(faulty.getMessage()), Map.of());
      Audit.toStandardOutput(RunningTime.of(null)).write(line);
      throw faulty;
    }
  }

  @Override
  public void accept(CloudEvent event) throws Exception {
    CloudEventData data = Objects.requireNonNull(event.getData(), "the event holds no data");
    Upload upload = FinalizeEvent.read(data.toBytes());
    try {
      wiring.intake().take(upload);
    } catch (CallOver comesAgain) {
      String message = upload.object() + ": " + comesAgain.getMessage();
      wiring.audit().write(of(upload, AuditLine.info("call.over", message)));
      throw comesAgain;
    } catch (Exception failed) {
      wiring.audit().write(of(upload, callFailed(failed)));
      throw failed;
    }
  }

  private static AuditLine of(Upload upload, AuditLine line) {
    return line.with("object", upload.object())
        .with("generation", Long.toString(upload.generation()));
  }

  private static AuditLine callFailed(Exception failed) {
    String message =
        "The event will be delivered again: " + Throwables.getStackTraceAsString(failed);
    return new AuditLine(Severity.ERROR, "call.failed", message, Map.of());
  }
}
