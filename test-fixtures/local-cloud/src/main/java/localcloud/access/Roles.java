package localcloud.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Roles by name: Google's predefined ones, and the project's own. */
final class Roles {
  private static final String PREDEFINED = "roles/";

  private final Path own;

  /** A set of permissions. */
  record Role(Set<String> permissions) {}

  /** Takes the folder of the project's own roles, a file {@code NAME.yaml} each. */
  Roles(Path own) {
    this.own = own;
  }

  Role named(String name) throws IOException {
    boolean predefined = name.startsWith(PREDEFINED);
    String file = (predefined ? name : own.resolve(name)) + ".yaml";
    String text = predefined ? resource(file) : Files.readString(Path.of(file));
    Map<String, ?> role = Yaml.map(text, file);
    Yaml.text(role, "title", file);
    Yaml.text(role, "description", file);
    Yaml.text(role, "stage", file);
    return new Role(Yaml.distinctTexts(role, "includedPermissions", file));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Roles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(
            name + ": the local cloud does not know this predefined role; add its permissions");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
