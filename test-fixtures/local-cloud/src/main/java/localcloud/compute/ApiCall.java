package localcloud.compute;

import java.util.Map;
import localcloud.access.Caller;

/**
 * One request, free of any server's types.
 *
 * @param verb GET, POST, PATCH, PUT or DELETE: what X-HTTP-Method-Override says, if it was sent
 * @param path as sent, still percent-encoded
 * @param query parameters, decoded
 * @param body inflated; empty if there is none
 * @param caller who sent it
 */
public record ApiCall(
    String verb, String path, Map<String, String> query, byte[] body, Caller caller) {

  /** One that the project's owner sends. */
  public ApiCall(String verb, String path, Map<String, String> query, byte[] body) {
    this(verb, path, query, body, Caller.owner());
  }
}
