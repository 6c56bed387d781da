package localcloud.appliance;

import java.nio.file.Path;
import java.util.List;
import localcloud.judges.Program;
import org.junit.jupiter.api.Assumptions;

/** The small machine of {@code test-fixtures/appliance}, built by its own program. */
public final class Appliance {
  /** The program; tests run in the module's folder. */
  static final Path BUILD = Path.of("").toAbsolutePath().resolveSibling("appliance/build");

  private static final List<String> TOOLS =
      List.of("apt-get", "bsdtar", "mcopy", "mkfs.fat", "qemu-system-x86_64", "sfdisk", "syslinux");

  private Appliance() {}

  /** Skips the calling test, and says so, where the appliance cannot be built or booted. */
  public static void assumeTools() {
    for (String tool : TOOLS) {
      Assumptions.assumeTrue(
          Program.isInstalled(tool), "Skipped: " + tool + " is not installed (.ci/packages)");
    }
  }

  /**
   * Builds it if it is not there already.
   *
   * @param home an existing folder for what the program writes beside its output
   * @param options a version and a variant, as the program takes them
   * @return the tarball
   */
  public static Path tarball(Path home, String... options) throws Exception {
    assumeTools();
    String output = Program.at(BUILD, home).succeed(options).output();
    return Path.of(output.strip());
  }

  /** The disk that stands in the tarball. */
  public static Path disk(Path tarball) {
    String name = tarball.getFileName().toString();
    return tarball.resolveSibling(name.replace(".tar.gz", ".disk.raw"));
  }
}
