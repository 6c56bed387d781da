package slipway.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.settings.AlertPolicyPath;

/** Cloud Monitoring; whatever of it cannot be read throws. */
public interface Monitoring {
  /** The policy as it is now; empty if there is none. */
  Optional<AlertPolicy> policy(AlertPolicyPath path);

  /**
   * Every alert of a project, of whichever policy, the latest opened first. Asked for page by page
   * as they are read.
   */
  Stream<Alert> alerts(String project);

  /**
   * The snoozes of a project that have not ended by this instant; some may not have begun. While
   * one lasts, its policies open no alert, and what was open is closed.
   */
  List<Snooze> snoozes(String project, Instant now);

  /**
   * A time without alerts.
   *
   * @param policies the ids of those that it keeps quiet
   * @param from when it begins
   * @param until when it ends
   */
  record Snooze(List<String> policies, Instant from, Instant until) {}
}
