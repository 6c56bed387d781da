package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A Java that is installed here. */
record Jdk(int version, Path home) {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  /** The one that runs this, and the newest JDK 25 under /usr/lib/jvm, if there is one. */
  static List<Jdk> all() throws IOException {
    List<Jdk> all = new ArrayList<>();
    all.add(new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home"))));
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> homes = Files.list(INSTALLED)) {
        homes
            .sorted()
            .flatMap(home -> at(home).stream())
            .filter(jdk -> jdk.version() == 25 && jdk.version() != all.get(0).version())
            .findFirst()
            .ifPresent(all::add);
      }
    }
    return all;
  }

  String java() {
    return home.resolve("bin/java").toString();
  }

  /** Every JDK says in its file {@code release} which it is. */
  private static Optional<Jdk> at(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      return version.isEmpty()
          ? Optional.empty()
          : Optional.of(new Jdk(Runtime.Version.parse(version).feature(), home));
    } catch (IOException none) {
      return Optional.empty();
    }
  }
}
