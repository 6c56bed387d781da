package localcloud.faults;

import com.google.cloud.compute.v1.Errors;
import java.time.Duration;
import java.util.Optional;

/** What a rule does where it strikes. */
public sealed interface Fault {

  /**
   * To one call over HTTP.
   *
   * @param kind what
   * @param status of the answer, for ANSWER
   * @param retryAfter in seconds, for ANSWER; empty sends no such header
   * @param refusal for ANSWER; empty answers what Google says of the status
   * @param afterBytes of the body, for the two that cut
   * @param delay before the answer or the end of the connection, in cloud time
   * @param answers whether a held call goes on when it is let go; else its connection ends
   */
  record OfCall(
      Kind kind,
      int status,
      Optional<Long> retryAfter,
      Optional<Refusal> refusal,
      long afterBytes,
      Duration delay,
      boolean answers)
      implements Fault {}

  /**
   * An error that does not pass by itself.
   *
   * @param reason Google's word in {@code errors[].reason}
   * @param message with {resource} still in it, if it names what was called
   */
  record Refusal(String reason, String message) {}

  /** What may befall a call. */
  enum Kind {
    /** An error is answered, and nothing takes effect. */
    ANSWER,
    /** The connection ends before anything takes effect. */
    RESET,
    /** The call takes effect, and the connection ends without an answer. */
    LOSE,
    /** The connection ends after so many bytes of the request's body. */
    CUT_REQUEST,
    /** The connection ends after so many bytes of the answer's body; the call takes effect. */
    CUT_ANSWER,
    /** The answer comes late. */
    DELAY,
    /** It waits before it takes effect, until the faults are replaced or cleared. */
    HOLD_BEFORE,
    /** The same after its effect. */
    HOLD_AFTER
  }

  /**
   * To an operation.
   *
   * @param takes instead of the usual time
   * @param failure its end
   */
  record OfOperation(Optional<Duration> takes, Optional<Failure> failure) implements Fault {}

  /** To an attempt to make a machine. */
  record OfCreation(Failure failure) implements Fault {}

  /**
   * To an event: the one that comes in time, if it does, and those that come late.
   *
   * @param inTime how many are delivered at once
   * @param afterwards how many are delivered late
   * @param late by how much, each by another draw
   */
  record OfEvent(int inTime, int afterwards, Lateness late) implements Fault {}

  /** To a delivery: the function cannot be reached, and the event comes again as it then does. */
  record Unreachable() implements Fault {}

  /** Both in cloud time; what lies between them is drawn. */
  record Lateness(Duration least, Duration most) {
    Duration at(double drawn) {
      return least.plusMillis(Math.round(most.minus(least).toMillis() * drawn));
    }
  }

  /**
   * To a machine, from its power on and in cloud time.
   *
   * @param healthy false: it passes no probe
   * @param ends when it ends without having been told to
   * @param preempted whether that is because Compute Engine takes it away
   * @param boots until when it passes no probe
   */
  record OfMachine(boolean healthy, Optional<Lateness> ends, boolean preempted, Duration boots)
      implements Fault {}

  /**
   * An error as an operation carries it.
   *
   * @param error with {zone} and the like still in its message
   * @param status 0 leaves httpErrorStatusCode out
   */
  record Failure(Errors error, int status) {}
}
