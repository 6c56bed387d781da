package localcloud.demo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import localcloud.assembly.Api;
import localcloud.assembly.CommandFault;
import localcloud.assembly.Names;
import localcloud.assembly.Text;

/** Follows a deployment by its record, as CI does. */
final class RecordWatch {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Api api;
  private final Watch watch;
  private final Duration limit;

  /**
   * Takes the API to ask.
   *
   * @param limit how long one deployment may take, in the system's time
   */
  RecordWatch(Api api, Watch watch, Duration limit) {
    this.api = api;
    this.watch = watch;
    this.limit = limit;
  }

  /** Sees each state of the record that is found, the same one often. */
  @FunctionalInterface
  interface Observer {
    void see(DeploymentView deployment) throws IOException, InterruptedException;
  }

  /** The record of this upload. */
  static String name(JsonObject upload) {
    return Text.of(
        "deployments/%s/%s.json",
        upload.get("name").getAsString(), upload.get("generation").getAsString());
  }

  /** Returns the deployment once it is over. */
  DeploymentView untilOver(JsonObject upload, Observer observer)
      throws IOException, InterruptedException {
    Duration until = watch.elapsed().plus(limit);
    String stage = "no record";
    while (watch.elapsed().compareTo(until) < 0) {
      Optional<JsonObject> record = api.content(Names.RECORDS, name(upload));
      if (record.isPresent()) {
        DeploymentView deployment = new DeploymentView(record.orElseThrow());
        observer.see(deployment);
        if (deployment.isOver()) {
          return deployment;
        }
        stage = "stage " + deployment.stage();
      }
      watch.pause(POLL);
    }
    throw CommandFault.failed(
        "%s: not over after %d s, its record gs://%s/%s: %s",
        upload.get("name").getAsString(), limit.toSeconds(), Names.RECORDS, name(upload), stage);
  }
}
