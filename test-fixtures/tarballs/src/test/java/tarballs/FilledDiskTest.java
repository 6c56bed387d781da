package tarballs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GNU tar and gzip judge. */
class FilledDiskTest {
  @TempDir Path folder;

  @Test
  void fillsAnEighthOfASparseDisk() throws Exception {
    Path file = folder.resolve("disk.tar.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      FilledDisk.write(1, true, out);
    }

    assertThat(listed(file)).endsWith(" disk.raw").contains(" " + (1 << 30) + " ");
    assertThat(Files.size(file)).isBetween(50L << 20, 78L << 20);
  }

  private static String listed(Path file) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tar")), "GNU tar lists it");
    Process tar =
        new ProcessBuilder("tar", "--numeric-owner", "-tvzf", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(tar.waitFor()).as(said).isZero();
    return said;
  }
}
