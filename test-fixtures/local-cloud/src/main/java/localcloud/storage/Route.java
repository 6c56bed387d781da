package localcloud.storage;

import com.google.api.client.util.ClassInfo;
import com.google.api.services.storage.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import localcloud.access.Permissions;
import localcloud.access.Permissions.Need;
import org.jspecify.annotations.Nullable;

/**
 * Every call of Cloud Storage that is served, each in one place: whoever adds one gives it its
 * method, and with that its parameters, its row in the table of permissions and its name in faults.
 */
public enum Route {
  BUCKETS_LIST(
      Storage.Buckets.List.class,
      "GET /storage/v1/b",
      // Nothing is unreachable here.
      "project prefix maxResults pageToken returnPartialSuccess"),
  BUCKETS_INSERT(
      Storage.Buckets.Insert.class,
      "POST /storage/v1/b",
      "project enableObjectRetention predefinedAcl predefinedDefaultObjectAcl"),
  BUCKETS_PATCH(Storage.Buckets.Patch.class, "PATCH /storage/v1/b/*", "ifMetagenerationMatch"),
  BUCKETS_UPDATE(Storage.Buckets.Update.class, "PUT /storage/v1/b/*", "ifMetagenerationMatch"),
  BUCKETS_GET_IAM_POLICY(
      Storage.Buckets.GetIamPolicy.class,
      "GET /storage/v1/b/*/iam",
      "optionsRequestedPolicyVersion"),
  BUCKETS_SET_IAM_POLICY(Storage.Buckets.SetIamPolicy.class, "PUT /storage/v1/b/*/iam", ""),
  BUCKETS_TEST_IAM_PERMISSIONS(
      Storage.Buckets.TestIamPermissions.class,
      "GET /storage/v1/b/*/iam/testPermissions",
      "permissions"),
  BUCKETS_GET(Storage.Buckets.Get.class, "GET /storage/v1/b/*", ""),
  BUCKETS_DELETE(Storage.Buckets.Delete.class, "DELETE /storage/v1/b/*", ""),
  BUCKETS_GET_STORAGE_LAYOUT(
      Storage.Buckets.GetStorageLayout.class, "GET /storage/v1/b/*/storageLayout", ""),
  MANAGED_FOLDERS_LIST(
      Storage.ManagedFolders.List.class,
      "GET /storage/v1/b/*/managedFolders",
      "pageSize pageToken prefix"),

  /** Terraform's provider writes it with a slash at its end. */
  ANYWHERE_CACHES_LIST(
      Storage.AnywhereCaches.List.class,
      "GET /storage/v1/b/*/anywhereCaches/",
      "pageSize pageToken"),

  NOTIFICATIONS_LIST(
      Storage.Notifications.List.class, "GET /storage/v1/b/*/notificationConfigs", ""),
  SERVICE_ACCOUNT_GET(
      Storage.Projects.ServiceAccount.Get.class,
      "GET /storage/v1/projects/*/serviceAccount",
      "projectId"),

  OBJECTS_LIST(
      Storage.Objects.List.class,
      "GET /storage/v1/b/*/o",
      // The last two find nothing more here: there are no folders, and no older versions.
      "delimiter endOffset maxResults pageToken prefix startOffset includeFoldersAsPrefixes"
          + " versions matchGlob includeTrailingDelimiter"),
  OBJECTS_GET(Storage.Objects.Get.class, "GET /storage/v1/b/*/o/*", Heeded.ONE),
  OBJECTS_DOWNLOAD(Storage.Objects.Get.class, "GET /download/storage/v1/b/*/o/*", Heeded.ONE),
  OBJECTS_PATCH(Storage.Objects.Patch.class, "PATCH /storage/v1/b/*/o/*", Heeded.ONE + Heeded.ACL),
  OBJECTS_UPDATE(Storage.Objects.Update.class, "PUT /storage/v1/b/*/o/*", Heeded.ONE + Heeded.ACL),
  OBJECTS_MOVE(Storage.Objects.Move.class, "POST /storage/v1/b/*/o/*/moveTo/o/*", Heeded.COPY),
  OBJECTS_DELETE(Storage.Objects.Delete.class, "DELETE /storage/v1/b/*/o/*", Heeded.ONE),
  OBJECTS_COMPOSE(
      Storage.Objects.Compose.class,
      "POST /storage/v1/b/*/o/*/compose",
      Heeded.CONDITIONS + " destinationPredefinedAcl"),
  OBJECTS_COPY(Storage.Objects.Copy.class, "POST /storage/v1/b/*/o/*/copyTo/b/*/o/*", Heeded.COPY),
  OBJECTS_REWRITE(
      Storage.Objects.Rewrite.class,
      "POST /storage/v1/b/*/o/*/rewriteTo/b/*/o/*",
      Heeded.COPY + " rewriteToken maxBytesRewrittenPerCall"),

  OBJECTS_INSERT(Storage.Objects.Insert.class, "POST /upload/storage/v1/b/*/o", Heeded.UPLOAD),
  /** The session's URL is the credential. */
  SESSION_PUT(
      Storage.Objects.Insert.class,
      "storage.session",
      "PUT /upload/storage/v1/b/*/o",
      Heeded.UPLOAD),
  SESSION_DELETE(
      Storage.Objects.Insert.class,
      "storage.session",
      "DELETE /upload/storage/v1/b/*/o",
      Heeded.UPLOAD),

  /** Access control lists: refused, or not there. */
  BUCKET_ACLS("storage.bucketAccessControls", "GET|POST /storage/v1/b/*/acl"),
  BUCKET_ACL("storage.bucketAccessControls", "GET|PUT|PATCH|DELETE /storage/v1/b/*/acl/*"),
  DEFAULT_ACLS("storage.defaultObjectAccessControls", "GET|POST /storage/v1/b/*/defaultObjectAcl"),
  DEFAULT_ACL(
      "storage.defaultObjectAccessControls",
      "GET|PUT|PATCH|DELETE /storage/v1/b/*/defaultObjectAcl/*"),
  OBJECT_ACLS("storage.objectAccessControls", "GET|POST /storage/v1/b/*/o/*/acl"),
  OBJECT_ACL("storage.objectAccessControls", "GET|PUT|PATCH|DELETE /storage/v1/b/*/o/*/acl/*"),

  /** The XML API's; they stand behind all others, whose paths could be those of a bucket. */
  XML_SERVICE(Storage.Buckets.List.class, "GET|POST /", ""),
  XML_BUCKET_POST(Storage.Objects.Insert.class, "POST /*", Heeded.UPLOAD),
  XML_BUCKET_LIST(Storage.Objects.List.class, "GET|HEAD /*", "prefix delimiter"),
  XML_BUCKET_INSERT(Storage.Buckets.Insert.class, "PUT /*", ""),
  XML_BUCKET_DELETE(Storage.Buckets.Delete.class, "DELETE /*", ""),
  XML_OBJECT_GET(Storage.Objects.Get.class, "GET|HEAD /*/**", Heeded.ONE),
  XML_OBJECT_PUT(Storage.Objects.Insert.class, "PUT /*/**", Heeded.UPLOAD),
  XML_OBJECT_POST(Storage.Objects.Insert.class, "POST /*/**", Heeded.UPLOAD),
  XML_OBJECT_DELETE(Storage.Objects.Delete.class, "DELETE /*/**", Heeded.ONE),

  /** Several calls in one, each of which asks and is struck for itself. */
  BATCH(null, "storage.batch", "POST /batch/storage/v1", "");

  /** Query parameters that a call's action heeds. */
  private static final class Heeded {
    static final String CONDITIONS =
        "ifGenerationMatch ifGenerationNotMatch ifMetagenerationMatch ifMetagenerationNotMatch";
    static final String ONE = "generation " + CONDITIONS;
    static final String ACL = " predefinedAcl";
    static final String UPLOAD = "uploadType upload_id name contentEncoding " + CONDITIONS + ACL;
    static final String COPY =
        "sourceGeneration ifSourceGenerationMatch ifSourceGenerationNotMatch"
            + " ifSourceMetagenerationMatch ifSourceMetagenerationNotMatch "
            + CONDITIONS
            + " destinationPredefinedAcl";

    /** Of every method: they change nothing but the form of the answer, or who pays. */
    static final Set<String> COMMON =
        Set.of(
            "alt",
            "fields",
            "key",
            "prettyPrint",
            "projection",
            "quotaUser",
            "userIp",
            "userProject");
  }

  /** First words of other paths, which hosts of their own serve at Google. */
  private static final Set<String> RESERVED =
      Set.of(
          "_local",
          "batch",
          "compute",
          "download",
          "resumable",
          "storage",
          "token",
          "upload",
          "v3");

  private final String id;
  private final String call;
  private final CallPath path;
  private final List<Need> needs;
  private final Set<String> refused = new TreeSet<>();

  Route(Class<?> method, String call, String heeded) {
    this(method, id(method), call, heeded);
  }

  /** Calls of one kind, whose methods are one row in the table of permissions. */
  Route(String row, String calls) {
    this(null, row, calls, "");
  }

  /** With another row in the table of permissions than the method's own. */
  Route(@Nullable Class<?> method, String row, String call, String heeded) {
    id = method == null ? row : id(method);
    needs = Permissions.TABLE.of(row);
    this.call = call;
    path = CallPath.of(call);
    if (method != null) {
      refused.addAll(ClassInfo.of(method).getNames());
    }
    refused.removeAll(Heeded.COMMON);
    refused.removeAll(Arrays.asList(heeded.split(" ", -1)));
  }

  /** Storage.Objects.Get.class is storage.objects.get. */
  private static String id(Class<?> method) {
    return "storage." + lower(method.getEnclosingClass()) + "." + lower(method);
  }

  private static String lower(Class<?> method) {
    String name = method.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * One that a call took.
   *
   * @param names what the path names, without escapes: a bucket, its object, and of a copy the same
   *     again
   */
  public record Match(Route route, List<String> names) {}

  /** The route of this call; empty if none takes it. */
  public static Optional<Match> find(String verb, String path) {
    // gsutil and gcloud put this word before the path of a resumable upload.
    String[] segments = CallPath.split(path);
    return Arrays.stream(values())
        .flatMap(route -> route.match(verb, segments).stream())
        .findFirst();
  }

  private Optional<Match> match(String verb, String[] segments) {
    return isXml() && RESERVED.contains(segments[1])
        ? Optional.empty()
        : path.match(verb, segments).map(names -> new Match(this, names));
  }

  /** Whether it is the XML API's. */
  public boolean isXml() {
    return name().startsWith("XML_");
  }

  /** Google's id of the method, such as {@code storage.objects.get}: its name in faults too. */
  public String id() {
    return id;
  }

  /** Verb and path, an asterisk for each name in it; several verbs with a bar between. */
  public String call() {
    return call;
  }

  /** What its caller must be allowed. */
  public List<Need> needs() {
    return needs;
  }

  /** Whether Google knows this query parameter, and the local cloud does not heed it. */
  public boolean refuses(String parameter) {
    return refused.contains(parameter);
  }
}
