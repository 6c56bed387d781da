package infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import localcloud.judges.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code infra/lock} with the real terraform, which locks whatever releases a folder holds, without
 * running them.
 */
class InfraLockTest {
  private static final Pattern PINNED =
      Pattern.compile("source += \"hashicorp/([a-z-]+)\"\\s+(?:#.*\\s+)?version = \"([0-9.]+)\"");
  private static final List<String> PLATFORMS =
      List.of("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64");

  @TempDir Path home;
  private Path infra;
  private Path committed;
  private Path made;

  @BeforeEach
  void aCopy() throws Exception {
    infra = new Terraform(home, "").copy();
    committed = infra.resolve(".terraform.lock.hcl");
    made = infra.resolve(".build/terraform.lock.hcl");
    Files.deleteIfExists(committed);
    release("");
  }

  @Test
  void makesTheLockWhereNoneIsCommitted() throws Exception {
    Program.Result result = lock();

    assertThat(result.status()).as(result.all()).isZero();
    assertThat(result.output()).contains("no lock is committed", "and commit it");
    assertThat(Files.readString(made))
        .contains("hashicorp/google\"", "hashicorp/google-beta\"", "hashicorp/time\"")
        .as("a hash for each provider and platform")
        .containsPattern("(?s)(\"h1:.*){20}");
    assertThat(committed).doesNotExist();
  }

  @Test
  void takesTheLockThatIsCommitted() throws Exception {
    lock();
    Files.copy(made, committed);

    Program.Result result = lock();

    assertThat(result.status()).as(result.all()).isZero();
    assertThat(result.output()).endsWith(".terraform.lock.hcl is what versions.tf gives\n");
  }

  @Test
  void refusesALockOfOtherReleases() throws Exception {
    lock();
    Files.copy(made, committed);
    release("another");

    Program.Result result = lock();

    assertThat(result.status()).isOne();
    assertThat(result.output()).contains("-    \"h1:", "+    \"h1:");
    assertThat(result.errors())
        .contains("is not what versions.tf gives", "cp infra/.build/terraform.lock.hcl");
  }

  @Test
  void saysWhatTerraformSaysWhereAReleaseCannotBeHad() throws Exception {
    Files.delete(home.resolve(packageOf("time", "0.14.2", "windows_amd64")));

    Program.Result result = lock();

    assertThat(result.status()).isOne();
    assertThat(result.errors()).contains("hashicorp/time", "windows_amd64");
    assertThat(made).doesNotExist();
  }

  private Program.Result lock() throws Exception {
    return Program.named("bash", home)
        .with("CHECKPOINT_DISABLE", "1")
        .run(infra.resolve("lock").toString(), "-fs-mirror=" + home.resolve("mirror"));
  }

  private static String packageOf(String provider, String version, String platform) {
    return String.join(
        "_",
        "mirror/registry.terraform.io/hashicorp/" + provider + "/terraform-provider-" + provider,
        version,
        platform + ".zip");
  }

  /** Writes what stands for the releases that versions.tf pins. */
  private void release(String content) throws IOException {
    Matcher pinned = PINNED.matcher(Files.readString(infra.resolve("versions.tf")));
    while (pinned.find()) {
      for (String platform : PLATFORMS) {
        Path file = home.resolve(packageOf(pinned.group(1), pinned.group(2), platform));
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
            ZipOutputStream zip = new ZipOutputStream(out)) {
          zip.putNextEntry(new ZipEntry("terraform-provider-" + pinned.group(1)));
          zip.write((platform + content).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }
}
