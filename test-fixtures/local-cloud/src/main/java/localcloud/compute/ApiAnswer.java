package localcloud.compute;

import java.util.List;
import localcloud.world.ApiException;

/**
 * One answer, free of any server's types.
 *
 * @param contentType empty if there is no body
 * @param unknown what was asked for and is not there: each a verb and a path
 */
public record ApiAnswer(int status, String contentType, byte[] body, List<Unknown> unknown) {

  /** A method, or a part of one, that the local cloud does not have. */
  public record Unknown(String verb, String path) {}

  /** 500 in Google's envelope: the local cloud itself is at fault. */
  public static ApiAnswer fault(String message) {
    return Envelopes.error(
        new ApiException(500, "backendError", "The local cloud failed: " + message), List.of());
  }
}
