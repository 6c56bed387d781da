package localcloud.access;

import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Whoever sent a request; refuses in Google's words what they may not do. */
public final class Caller {
  private final Access access;
  private final String identity;

  Caller(Access access, String identity) {
    this.access = access;
    this.identity = identity;
  }

  /** The project's owner, who may do everything. */
  public static Caller owner() {
    return Access.ownerOnly().caller("");
  }

  /** The name that grants are given to. */
  public String identity() {
    return identity;
  }

  /** The address that Google's texts and operations name the caller by. */
  public String email() {
    return access.email(identity);
  }

  /**
   * Whether the caller has this permission there.
   *
   * @param place {@link Grants#PROJECT} or a bucket's name
   */
  public boolean may(String permission, String place) {
    return access.holds(identity, permission, place, "");
  }

  /**
   * Compute Engine's 403 unless the caller has the permission. The text is that of
   * fortinet/fortigate-terraform-deploy#153, for service accounts that seen with Terraform.
   *
   * @param resource its path, such as {@code projects/demo/global/images/x}; a service account's
   *     e-mail address
   */
  public void require(String permission, String resource) {
    if (may(permission, Grants.PROJECT)) {
      return;
    }
    if (permission.equals("iam.serviceAccounts.actAs")) {
      String text =
          "The user does not have access to service account '"
              + resource
              + "'. User: '"
              + email()
              + "'. Ask a project owner to grant you the iam.serviceAccountUser role on the service"
              + " account";
      throw new ApiException(400, "badRequest", text);
    }
    String text = "Required '" + permission + "' permission for '" + resource + "'";
    throw new ApiException(403, "forbidden", text);
  }

  /**
   * Cloud Storage's 403 unless the caller has the permission. The text is that of
   * spaceml-org/STARCOP#6 for objects and zetaalphavector/InPars#13 for buckets.
   *
   * @param bucket its name, or {@link Grants#PROJECT} for what concerns no single one
   */
  public void requireInStorage(String permission, String bucket) {
    requireInStorage(permission, bucket, "");
  }

  /**
   * The same for an object of this name, which a grant's condition may leave out.
   *
   * @param object null if it is asked again once the name is known
   */
  public void requireInStorage(String permission, String bucket, @Nullable String object) {
    if (!access.holds(identity, permission, bucket, object)) {
      String denied = " access to the Google Cloud " + kind(permission, bucket) + ". Permission '";
      throw new ApiException(
          403,
          "forbidden",
          email()
              + (" does not have " + permission + denied + permission)
              + "' denied on resource (or it may not exist).");
    }
  }

  private static String kind(String permission, String bucket) {
    if (bucket.equals(Grants.PROJECT)) {
      return "project";
    }
    boolean object =
        permission.startsWith("storage.objects.") && !permission.equals("storage.objects.list");
    return object ? "Storage object" : "Storage bucket";
  }
}
