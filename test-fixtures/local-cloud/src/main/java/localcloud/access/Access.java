package localcloud.access;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers apart by their bearer token, {@code local-<identity>}. Whoever sends none is the
 * project's owner, and may do everything.
 */
public final class Access {
  /** Known, and granted nothing. */
  public static final String STRANGER = "stranger";

  private static final String SCHEME = "Bearer ";
  private static final String TOKEN = "local-";

  /**
   * Keys for clients of Amazon's S3 (Google's documentation, "HMAC keys"): each is the owner's
   * here, and what it signs is not checked.
   */
  private static final Pattern INTEROPERABLE =
      Pattern.compile("(GOOG1|AWS|GOOG4-HMAC-SHA256|AWS4-HMAC-SHA256) ");

  private final String project;
  private final Supplier<Grants> grants;
  private final Set<Use> uses =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(Use::identity)
              .thenComparing(Use::place)
              .thenComparing(Use::permission));

  /**
   * A permission that an identity had and needed.
   *
   * @param place where: {@link Grants#PROJECT} or a bucket's name
   */
  public record Use(String identity, String place, String permission) {}

  /**
   * Takes what is granted; it is asked each time, so that a change holds at once.
   *
   * @param project part of the identities' e-mail addresses
   */
  public Access(String project, Supplier<Grants> grants) {
    this.project = project;
    this.grants = grants;
  }

  /** A cloud in which there is only the owner. */
  public static Access ownerOnly() {
    return new Access("demo", Grants::none);
  }

  /** The token of this identity. */
  public static String token(String identity) {
    return TOKEN + identity;
  }

  /**
   * Who sends this.
   *
   * @param authorization the header; empty if none was sent
   * @throws ApiException 401 if it is no token of an identity that is known here
   */
  public Caller caller(String authorization) {
    if (authorization.isEmpty() || INTEROPERABLE.matcher(authorization).lookingAt()) {
      return new Caller(this, Grants.OWNER);
    }
    String identity =
        authorization.startsWith(SCHEME) ? identity(authorization.substring(SCHEME.length())) : "";
    if (identity.isEmpty()) {
      throw new ApiException(401, "authError", "Invalid Credentials");
    }
    return new Caller(this, identity);
  }

  /** Whose token this is; empty if nobody's. */
  public String identity(String token) {
    String identity = token.startsWith(TOKEN) ? token.substring(TOKEN.length()) : "";
    return identity.equals(Grants.OWNER)
            || identity.equals(STRANGER)
            || grants.get().members().contains(identity)
        ? identity
        : "";
  }

  /** What was needed and there so far, by everybody but the owner. */
  public Set<Use> uses() {
    return Set.copyOf(uses);
  }

  boolean holds(String identity, String permission, String place, @Nullable String object) {
    boolean held = grants.get().holds(identity, permission, place, object);
    if (held && !identity.equals(Grants.OWNER)) {
      uses.add(new Use(identity, place, permission));
    }
    return held;
  }

  /** As Cloud Storage names callers. */
  String email(String identity) {
    return identity.equals(Grants.OWNER)
        ? "owner@example.com"
        : identity + "@" + project + ".iam.gserviceaccount.com";
  }
}
