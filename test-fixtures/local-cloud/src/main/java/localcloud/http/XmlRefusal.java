package localcloud.http;

import localcloud.world.refusals.ApiException;

/** A refusal of the XML API that tells more than its sentence. */
final class XmlRefusal extends ApiException {
  private static final long serialVersionUID = 1L;

  private final String details;

  /**
   * Takes the parts of the answer.
   *
   * @param name Google's word for it, such as {@code ExpiredToken}
   * @param details what stands in Details
   */
  XmlRefusal(int code, String name, String message, String details) {
    super(code, name, message);
    this.details = details;
  }

  String details() {
    return details;
  }
}
