package localcloud.compute;

import com.google.protobuf.Message;
import java.util.Optional;
import localcloud.world.refusals.ApiException;

/**
 * One answer, free of any server's types.
 *
 * @param unknown what was asked for and is not there, be it the method or a part of it
 */
public record ApiAnswer(int status, String json, Optional<String> unknown) {

  static ApiAnswer ok(Message answer) {
    return new ApiAnswer(200, Json.print(answer), Optional.empty());
  }

  static ApiAnswer refused(ApiException refusal) {
    Optional<String> unknown =
        refusal.code() == 501 ? Optional.ofNullable(refusal.getMessage()) : Optional.empty();
    return new ApiAnswer(refusal.code(), refusal.envelope(), unknown);
  }

  /** 500 in Google's envelope: the local cloud itself is at fault. */
  public static ApiAnswer fault(String message) {
    return refused(new ApiException(500, "backendError", "The local cloud failed: " + message));
  }
}
