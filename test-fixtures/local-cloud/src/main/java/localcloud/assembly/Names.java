package localcloud.assembly;

import java.util.List;
import java.util.Map;

/** What the local cloud holds from the start: the names of the 2016 write-up on Riseos. */
public final class Names {
  static final String PROJECT = "demo";
  static final String TARGET = "mir-riseos";
  public static final String UPLOADS = "mir-riseos";
  public static final String RECORDS = "mir-riseos-records";
  public static final String PRIVATE = "mir-riseos-private";
  public static final String ZONE = "us-west1-a";
  public static final String GROUP = "mir-riseos-group";
  public static final int GROUP_SIZE = 3;

  /** The image and the template of version 1. */
  public static final String FIRST = "mir-riseos-1";

  static final String HEALTH_CHECK = "mir-riseos-health";
  static final String BACKEND = "mir-riseos-backend";

  /** By which an alert policy chooses the load balancer. */
  static final Map<String, String> BALANCER_LABELS =
      Map.of("project_id", PROJECT, "backend_target_name", BACKEND);

  /** The buckets by what they are for, as the bindings in infra/ call them. */
  public static final Map<String, String> BUCKETS =
      Map.of("uploads", UPLOADS, "records", RECORDS, "private", PRIVATE);

  /** As whom a shell may act: {@code env --as}. */
  public static final List<String> CALLERS = List.of("owner", "ci", "operator", "viewer");

  private Names() {}

  static String groupPath() {
    return "projects/" + PROJECT + "/zones/" + ZONE + "/instanceGroupManagers/" + GROUP;
  }
}
