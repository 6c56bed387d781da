package localcloud.faults;

import java.util.Map;

/**
 * One call over HTTP, also one inside a batch.
 *
 * @param verb what X-HTTP-Method-Override says, if it was sent
 * @param path as sent, still percent-encoded
 * @param query parameters, decoded
 * @param caller the bearer token; empty if there is none
 */
public record Call(String verb, String path, Map<String, String> query, String caller) {
  /** What Google calls the method, such as {@code Images.Insert}. */
  public String method() {
    return CallNames.method(this);
  }

  /** What it is about: {@code <bucket>/<object>}, or the path after the API's version. */
  public String resource() {
    return CallNames.resource(this);
  }
}
