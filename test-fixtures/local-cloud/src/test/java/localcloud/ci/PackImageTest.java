package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import localcloud.appliance.Appliance;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program that makes a disk and its tarball; what it makes boots in {@link BootCheckTest}. */
class PackImageTest {
  @TempDir Path home;

  @BeforeEach
  void hasTools() {
    Appliance.assumeTools();
  }

  @Test
  void givesTheSameBytesForTheSameInput() throws Exception {
    elf("site.elf");
    pack().succeed("--args", "--hello=world", "site.elf", "one/site.tar.gz");
    Files.setLastModifiedTime(home.resolve("site.elf"), FileTime.from(Instant.EPOCH));
    pack().succeed("--args", "--hello=world", "site.elf", "other.tar.gz");

    assertThat(home.resolve("one/site.tar.gz"))
        .hasSameBinaryContentAs(home.resolve("other.tar.gz"));
    assertThat(home.resolve("one/site.disk.raw")).hasSize(1L << 30);
    String configuration =
        Program.named("mtype", home).succeed("-i", "other.disk.raw@@1M", "::syslinux.cfg").output();
    assertThat(configuration)
        .contains("SERIAL 0 115200", "KERNEL mboot.c32", "APPEND -aout kernel --hello=world");
  }

  @Test
  void findsItsToolsWithAPathThatIsNotRoots() throws Exception {
    elf("site.elf");

    pack().with("PATH", "/usr/bin:/bin").succeed("site.elf", "site.tar.gz");

    assertThat(home.resolve("site.disk.raw")).hasSize(1L << 30);
  }

  @Test
  void packsADiskAsItIs() throws Exception {
    elf("site.elf");
    pack().succeed("site.elf", "site.tar.gz");

    pack().succeed("site.disk.raw", "again.tar.gz");

    assertThat(home.resolve("again.tar.gz")).hasSameBinaryContentAs(home.resolve("site.tar.gz"));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 'expected a multiboot ELF, a Linux kernel or a disk with a boot signature', -1",
    "1048576, 'Compute Engine takes whole GiB', 510",
    "9000, 'an ELF file without a multiboot header in its first 8192 bytes', 0"
  })
  void refusesWhatWouldNotBoot(int size, String reason, int marked) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    if (marked == 0) {
      bytes.putInt(0, 0x464c457f);
    } else if (marked > 0) {
      bytes.putShort(marked, (short) 0xaa55);
    }
    try (OutputStream out = Files.newOutputStream(home.resolve("input"))) {
      out.write(bytes.array());
    }

    Result result = pack().run("input", "out.tar.gz");

    assertThat(result.errors()).contains("input: ", reason);
    assertThat(result.status()).isOne();
    assertThat(home.resolve("out.tar.gz")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "site.elf, expected an input and an output",
    "site.elf|out.zip, the output must end in .tar.gz",
    "--size-gib|0|site.elf|out.tar.gz, --size-gib takes 1 to 2047",
    "--initrd|site.elf|site.elf|out.tar.gz, --initrd is for a Linux kernel"
  })
  void tellsWhatIsWrongWithItsCall(String words, String reason) throws Exception {
    elf("site.elf");

    Result result = pack().run(words.split("\\|", -1));

    assertThat(result.errors()).contains(reason);
    assertThat(result.status()).isEqualTo(2);
  }

  private Program pack() throws Exception {
    return UnikernelProgram.alone("pack-image", home);
  }

  /** An ELF file with a multiboot header, which is all that packing looks at. */
  private void elf(String name) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(100_000).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, 0x464c457f).putInt(0x100, 0x1badb002);
    Files.write(home.resolve(name), bytes.array());
  }
}
