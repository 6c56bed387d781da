package localcloud.http;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.clock.CloudClock;
import localcloud.faults.Call;
import localcloud.faults.Fault;
import localcloud.faults.Faults;
import localcloud.world.refusals.ApiException;

/**
 * Where the faults meet HTTP: around each call of Cloud Storage and Compute Engine, also each one
 * inside a batch. A connection ends as a program that dies ends it: what was sent arrives, then
 * comes the end of the stream, or a reset if the client's request was not read to its end. The
 * JDK's server has no way to reset it always.
 */
public final class Interference {
  private static final String BEARER = "Bearer ";

  private final Faults faults;
  private final CloudClock clock;

  /** Asks these faults about every call. */
  public Interference(Faults faults, CloudClock clock) {
    this.faults = faults;
    this.clock = clock;
  }

  /** What time it is. */
  CloudClock clock() {
    return clock;
  }

  /**
   * Answers the call as the action does, unless a fault strikes.
   *
   * @throws Cut if the connection is to end without an answer
   */
  Answer around(Request request, Router.Action action) throws IOException {
    String token = request.header("Authorization");
    String caller = token.startsWith(BEARER) ? token.substring(BEARER.length()) : token;
    if (caller.equals(Access.token(Grants.VIEWER))) {
      // Faults are counted call by call: who only looks must take none from the function.
      return action.answer(request);
    }
    Call call = new Call(request.method(), request.path(), request.query(), caller);
    Optional<Faults.Struck> struck = faults.call(call);
    if (struck.isEmpty()) {
      return action.answer(request);
    }
    Fault.OfCall fault = struck.get().fault();
    Optional<Answer> answer =
        fault.kind() == Fault.Kind.ANSWER
            ? Optional.of(error(fault, call))
            : struck(struck.get(), request, action);
    await(fault.delay());
    return answer.orElseThrow(Cut::new);
  }

  /** What the action answers, as far as that reaches the client. */
  private Optional<Answer> struck(Faults.Struck struck, Request request, Router.Action action)
      throws IOException {
    Fault.OfCall fault = struck.fault();
    return switch (fault.kind()) {
      case ANSWER, RESET -> Optional.empty();
      case LOSE -> lost(request, action);
      case CUT_REQUEST ->
          lost(request.withBody(CutStream.ofRequest(request.body(), fault.afterBytes())), action);
      case CUT_ANSWER -> Optional.of(cut(answered(request, action), fault.afterBytes()));
      case DELAY -> Optional.of(answered(request, action));
      case HOLD_BEFORE -> {
        hold(struck);
        yield fault.answers() ? Optional.of(answered(request, action)) : Optional.empty();
      }
      case HOLD_AFTER -> {
        Answer answer = answered(request, action);
        hold(struck);
        yield fault.answers() ? Optional.of(answer) : Optional.empty();
      }
    };
  }

  /** A refusal is an answer too; only what the local cloud has not is told to its operator. */
  private static Answer answered(Request request, Router.Action action) throws IOException {
    try {
      return action.answer(request);
    } catch (ApiException refusal) {
      if (refusal.code() == 501) {
        throw refusal;
      }
      return Answer.of(refusal);
    }
  }

  private static Optional<Answer> lost(Request request, Router.Action action) throws IOException {
    answered(request, action).body().close();
    return Optional.empty();
  }

  /** At least one byte is missing, or the client would have all. */
  private static Answer cut(Answer answer, long afterBytes) {
    long left = answer.length() < 0 ? afterBytes : Math.min(afterBytes, answer.length() - 1);
    return new Answer(
        answer.status(),
        answer.headers(),
        answer.length() == 0 ? 1 : answer.length(),
        CutStream.ofAnswer(answer.body(), Math.max(0, left)));
  }

  private static String sentence(Fault.Refusal refusal, Call call) {
    return refusal.message().replace("{resource}", call.resource());
  }

  private static Answer error(Fault.OfCall fault, Call call) {
    ApiException refusal =
        fault
            .refusal()
            .map(one -> new ApiException(fault.status(), one.reason(), sentence(one, call)))
            .orElseGet(() -> Trouble.of(fault.status(), call));
    Answer plain =
        call.method().startsWith("monitoring.") || call.path().startsWith("/v2/")
            ? StatusRoutes.refused(refusal)
            : Answer.of(refusal);
    Map<String, String> headers = new HashMap<>(plain.headers());
    fault.retryAfter().ifPresent(seconds -> headers.put("Retry-After", seconds.toString()));
    return new Answer(plain.status(), headers, plain.length(), plain.body());
  }

  private void await(Duration delay) throws IOException {
    try {
      clock.sleepUntil(clock.instant().plus(delay));
    } catch (InterruptedException stopped) {
      throw stops(stopped);
    }
  }

  private void hold(Faults.Struck struck) throws IOException {
    try {
      faults.hold(struck);
    } catch (InterruptedException stopped) {
      throw stops(stopped);
    }
  }

  private static IOException stops(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new IOException("the local cloud stops", stopped);
  }
}
