package localcloud.world.refusals;

/** Google's refusals, each in Google's words as far as they were seen. */
public final class Refusals {
  private Refusals() {}

  /** 404; the text as the real service was recorded giving it for images, groups and templates. */
  public static ApiException notFound(String path) {
    return new ApiException(404, "notFound", "The resource '" + path + "' was not found");
  }

  /** 409; the text as Google's clients print it. */
  public static ApiException alreadyExists(String path) {
    return new ApiException(409, "alreadyExists", "The resource '" + path + "' already exists");
  }

  /**
   * 400 for one field; the form of terraform-google-modules/terraform-example-foundation#427.
   *
   * @param field the path within the request, such as resource.name
   */
  public static ApiException invalid(String field, String value, String why) {
    return new ApiException(
        400, "invalid", "Invalid value for field '" + field + "': '" + value + "'. " + why);
  }

  /**
   * 400; the text is inferred.
   *
   * @param field a parameter, or a path within the request's body
   */
  public static ApiException required(String field) {
    return new ApiException(400, "required", "Required field '" + field + "' not specified");
  }

  /**
   * 400; the text of inspec/inspec-gcp#301 and nanovms/ops#1100, where a region was named instead.
   *
   * @param kind zone or region
   */
  public static ApiException unknownPlace(String kind, String name) {
    return new ApiException(
        400,
        "invalid",
        "Invalid value for field '" + kind + "': '" + name + "'. Unknown " + kind + ".");
  }

  /** 412; "If the fingerprint is not current, the request fails with 412 conditionNotMet". */
  public static ApiException stale() {
    return new ApiException(412, "conditionNotMet", "Supplied fingerprint does not match current");
  }

  /**
   * 412; the text of terraform-google-modules/terraform-google-vm#64 for a regional group; that a
   * zonal one is refused likewise is inferred.
   */
  public static ApiException autoscaled(boolean regional) {
    return new ApiException(
        412,
        "conditionNotMet",
        "Resizing of autoscaled "
            + (regional ? "regional " : "")
            + "managed instance groups is not allowed. If you want to manually adjust target size"
            + " remove the autoscaler or set autoscaling policy mode to OFF.");
  }

  /** 400; the text of hashicorp/terraform-provider-google#6277. */
  public static ApiException inUse(String type, String path, String user) {
    return new ApiException(
        400,
        "resourceInUseByAnotherResource",
        "The " + type + " resource '" + path + "' is already being used by '" + user + "'");
  }

  /** 400; the code is Google's, the text is inferred. */
  public static ApiException notReady(String path) {
    return new ApiException(400, "resourceNotReady", "The resource '" + path + "' is not ready");
  }

  /** 501, ours and not Google's: better refused than taken and forgotten. */
  public static ApiException notModelled(String what) {
    return new ApiException(
        501, "notImplemented", "The local cloud does not model " + what + ". Leave it out.");
  }
}
