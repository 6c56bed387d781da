package localcloud.http;

import java.util.List;
import localcloud.access.Access;
import localcloud.access.Caller;
import localcloud.access.Grants;
import localcloud.access.Permissions.Need;
import localcloud.world.refusals.ApiException;

/** What the caller of one request to Cloud Storage must be allowed, by the table of permissions. */
final class Permit {
  /** Asks nothing. */
  static final Permit OPEN = new Permit(Caller.owner(), List.of());

  private static final String CREATE = "storage.objects.create";

  private final Caller caller;
  private final List<Need> needs;

  private Permit(Caller caller, List<Need> needs) {
    this.caller = caller;
    this.needs = needs;
  }

  /** Whoever asks for nothing that is guarded may be anybody: an upload session's URL is enough. */
  static Permit of(Access access, Request request, List<Need> needs) {
    return needs.isEmpty()
        ? OPEN
        : new Permit(access.caller(request.header("Authorization")), needs);
  }

  /**
   * Refuses what can be refused before the call is done.
   *
   * @param names what the path names: a bucket, its object, and of a copy the same again
   */
  void enter(List<String> names) {
    for (Need need : needs) {
      switch (need.subject()) {
        case "on the project" -> caller.requireInStorage(need.permission(), Grants.PROJECT);
        case "", "on the source" -> require(need, names);
        case "on the destination" -> require(need, names.subList(2, names.size()));
        case "to overwrite", "if it is missing" -> {}
        default ->
            throw new IllegalStateException("PERMISSIONS.md: not understood: " + need.subject());
      }
    }
  }

  /** A list is about the bucket; an upload's name may stand in its body alone. */
  private void require(Need need, List<String> names) {
    String object = names.size() > 1 ? names.get(1) : "";
    boolean later = object.isEmpty() && need.permission().equals(CREATE);
    caller.requireInStorage(need.permission(), names.get(0), later ? null : object);
  }

  /** Refuses a name that the caller's grants leave out, which stands in an upload's body. */
  void create(String bucket, String object) {
    needs.stream()
        .filter(need -> need.subject().isEmpty())
        .forEach(need -> caller.requireInStorage(need.permission(), bucket, object));
  }

  /** Refuses an object that would take the place of one that is there. */
  void overwrite(String bucket, String object) {
    needs.stream()
        .filter(need -> need.subject().equals("to overwrite"))
        .forEach(need -> caller.requireInStorage(need.permission(), bucket, object));
  }

  /** Whether the caller has this permission on a bucket. */
  boolean holds(String permission, String bucket) {
    return caller.may(permission, bucket);
  }

  /** A 404 tells what a bucket holds: who may not list it is told 403 instead. */
  ApiException told(ApiException refusal, List<String> names) {
    if (refusal.code() != 404 || names.isEmpty()) {
      return refusal;
    }
    try {
      require("if it is missing", names.get(0));
      return refusal;
    } catch (ApiException forbidden) {
      return forbidden;
    }
  }

  /** Refuses who lacks what the table names with these words. */
  void require(String subject, String bucket) {
    needs.stream()
        .filter(need -> need.subject().equals(subject))
        .forEach(need -> caller.requireInStorage(need.permission(), bucket));
  }
}
