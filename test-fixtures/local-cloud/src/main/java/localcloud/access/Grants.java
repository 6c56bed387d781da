package localcloud.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.access.Roles.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who was granted what, and where: what {@code infra/bindings.yaml} says, which Terraform grants in
 * a real project.
 */
public final class Grants {
  /** The place of a grant that holds for the whole project. */
  public static final String PROJECT = "project";

  /** Who looks at the local cloud's page. */
  public static final String VIEWER = "viewer";

  /** Has every permission everywhere. */
  static final String OWNER = "owner";

  private final List<Grant> all;

  /**
   * Holds for objects whose names begin as one and not as the other; for all where these are empty.
   */
  private record Grant(String member, Role role, String place, String only, String except) {
    boolean covers(@Nullable String object) {
      return object == null
          || object.startsWith(only) && (except.isEmpty() || !object.startsWith(except));
    }
  }

  private Grants(List<Grant> all) {
    this.all = List.copyOf(all);
  }

  static Grants none() {
    return new Grants(List.of());
  }

  /**
   * Reads bindings and roles.
   *
   * @param infra the folder with {@code bindings.yaml} and {@code roles/}
   * @param buckets the buckets' names by what the bindings call them, such as {@code uploads}
   * @throws IOException if a file cannot be read, or says something else than it should
   */
  public static Grants read(Path infra, Map<String, String> buckets) throws IOException {
    Path file = infra.resolve("bindings.yaml");
    Roles roles = new Roles(infra.resolve("roles"));
    List<Grant> grants = new ArrayList<>();
    for (Map<String, ?> binding : Yaml.listOfMaps(Files.readString(file), file.toString())) {
      String where = Yaml.text(binding, "where", file.toString());
      String place = where.equals(PROJECT) ? PROJECT : buckets.get(where);
      if (place == null) {
        throw new IOException(
            file + ": where: expected project or one of " + buckets.keySet() + ", found " + where);
      }
      Role role = roles.named(Yaml.text(binding, "role", file.toString()));
      String member = Yaml.text(binding, "member", file.toString());
      String only = optional(binding, "only", file);
      grants.add(new Grant(member, role, place, only, optional(binding, "except", file)));
    }
    return new Grants(grants);
  }

  private static String optional(Map<String, ?> binding, String key, Path file) throws IOException {
    return binding.containsKey(key) ? Yaml.text(binding, key, file.toString()) : "";
  }

  /** Everybody who was granted something. */
  public Set<String> members() {
    return all.stream().map(Grant::member).collect(Collectors.toUnmodifiableSet());
  }

  /** Every permission of a member, by place and name. */
  public Set<Access.Use> of(String member) {
    return all.stream()
        .filter(grant -> grant.member().equals(member))
        .flatMap(
            grant ->
                grant.role().permissions().stream()
                    .map(permission -> new Access.Use(member, grant.place(), permission)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * A grant on the project holds for each of its buckets too.
   *
   * @param object a name in the bucket; empty if it is about none, as a list is; null if it is
   *     asked again once the name is known
   */
  boolean holds(String identity, String permission, String place, @Nullable String object) {
    return identity.equals(OWNER)
        || all.stream()
            .filter(grant -> grant.member().equals(identity))
            .filter(grant -> grant.place().equals(place) || grant.place().equals(PROJECT))
            .filter(grant -> grant.covers(object))
            .anyMatch(grant -> grant.role().permissions().contains(permission));
  }
}
