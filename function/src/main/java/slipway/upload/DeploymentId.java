package slipway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Names one deployment, and the image that it makes: {@code <target>-<yyyymmdd>-<hhmmss>-<6 hex>},
 * from the object's own facts alone, so that a repeated event meets what the first one made.
 *
 * @param value at most 58 characters of {@code [a-z0-9-]} for a target's name of at most 35
 */
public record DeploymentId(String value) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The id of this upload's deployment to the target of this name. */
  public static DeploymentId of(String target, Upload upload) {
    String identity = upload.bucket() + "\n" + upload.object() + "\n" + upload.generation();
    String hash = Hashing.sha256().hashString(identity, UTF_8).toString().substring(0, 6);
    return new DeploymentId(target + "-" + TIME.format(upload.timeCreated()) + "-" + hash);
  }

  /** What the ids of all deployments to the target of this name match, as a regular expression. */
  public static String patternFor(String target) {
    return target + "-[0-9]{8}-[0-9]{6}-[0-9a-f]{6}";
  }

  /**
   * The deployment whose template has this name, {@code <id>-<4 characters>}; empty if none can.
   */
  public static Optional<String> ofTemplate(String name) {
    return name.matches(patternFor(".*") + "-[0-9a-z]{4}")
        ? Optional.of(name.substring(0, name.length() - "-xxxx".length()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
