package localcloud.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.appliance.Appliance;
import localcloud.judges.Program.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/**
 * What boot-check says of machines that serve, of those that do not come so far, and of their
 * consoles.
 */
class BootCheckTest {
  @TempDir Path home;

  @BeforeEach
  void hasTools() {
    Appliance.assumeTools();
  }

  @Test
  void passesAMachineThatServes() throws Exception {
    Path tarball = Appliance.tarball(home, "1");

    Result result = check(tarball.toString());

    assertThat(result.output()).contains("PASSED", "answers 200 on /healthz");
    assertThat(result.status()).isZero();
  }

  @Test
  void passesAUnikernel() throws Exception {
    Files.write(home.resolve("site.elf"), unikernel().sound());
    pack();

    assertThat(check("site.tar.gz").all()).contains("PASSED");
  }

  /** The second bug of the 2016 write-up: memory zeroed between boot loader and entry point. */
  @Test
  void namesMemoryThatTheBootLoaderZeroes() throws Exception {
    Files.write(home.resolve("site.elf"), unikernel().zeroed());
    pack();

    Result result = check("site.tar.gz");

    assertThat(result.errors())
        .contains("Invalid_argument \"equal: abstract value\"")
        .containsPattern("FAILED: kernel holds \\d+ bytes that the boot loader does not load")
        .contains("is zeroed before its entry point runs");
    assertThat(result.status()).isOne();
  }

  @Test
  void namesACrash() throws Exception {
    Path tarball = Appliance.tarball(home, "4", "--crash-at-boot");

    assertThat(check(tarball.toString()).errors())
        .contains(
            "appliance: crashing", "FAILED: it crashed, in Linux:", "Kernel panic - not syncing");
  }

  /** Each console was recorded from a machine, and ends as it ended. */
  @ParameterizedTest
  @CsvSource({
    "ocaml-exception, 'it crashed, with an exception that OCaml did not catch: Fatal error: exception'",
    "wrong-argument, 'it does not take its arguments: '",
    "solo5-exit, 'it ended by itself: Solo5: solo5_exit(0) called'",
    "solo5-abort, 'it crashed, in Solo5: Solo5: ABORT: Stack corruption detected'",
    "solo5-virtio-blk, 'Solo5 stopped it, for a device that its manifest lacks: Solo5: Virtio blk: '",
    "solo5-halted, 'it halted: Solo5: Halted'",
    "linux-panic, 'it crashed, in Linux: Kernel panic - not syncing: '",
    "linux-no-root, 'Linux found no root file system: Kernel panic - not syncing: VFS: Unable'",
    "syslinux-no-kernel, 'the boot loader found nothing to boot: Loading kernel'",
    "no-bootable-device, 'the boot loader found nothing to boot: Boot failed: not a bootable disk'"
  })
  void readsTheEndFromAConsole(String console, String end) throws Exception {
    Result result = check("--console", consoleOf(console).toString());

    assertThat(result.output().replaceAll("\\[ *[0-9.]+] ", "")).startsWith(end);
    assertThat(result.status()).isOne();
  }

  @Test
  void seesNoEndInTheConsoleOfOneThatServes() throws Exception {
    Result result = check("--console", consoleOf("serving").toString());

    assertThat(result.output()).isEqualTo("this console tells of no end\n");
    assertThat(result.status()).isZero();
  }

  /** QEMU lives on when a unikernel has halted. */
  @Test
  void endsAtTheEndThatTheConsoleTellsAndWaitsNoLonger() throws Exception {
    String said = Files.readString(consoleOf("solo5-virtio-blk"));
    Files.write(home.resolve("site.elf"), unikernel().saysAndHalts(said));
    pack();

    // Longer than a program may take here.
    Result result = check("--seconds", "3600", "site.tar.gz");

    assertThat(result.errors()).contains("Solo5: Halted", "FAILED: Solo5 stopped it, for a device");
  }

  private static Path consoleOf(String name) {
    return Path.of("src/test/resources/consoles", name + ".txt").toAbsolutePath();
  }

  @Test
  void namesAnotherAnswerThan200() throws Exception {
    Path tarball = Appliance.tarball(home, "6", "--dies-after", "20");

    assertThat(check("--path", "/nothing", tarball.toString()).errors())
        .contains("FAILED: it answers 404 on /nothing; expected 200");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_SIGNATURE, 'no boot signature'",
    "OTHER_NAME, 'expected one member, disk.raw'",
    "USTAR, 'is no GNU tar'",
    "TRUNCATED, 'is not a tar.gz that can be read'"
  })
  void refusesWhatCannotBoot(Kind kind, String reason) throws Exception {
    try (OutputStream out = Files.newOutputStream(home.resolve("bad.tar.gz"))) {
      Tarball.write(kind, SimulatedDisk.healthy("2"), out);
    }

    Result result = check("bad.tar.gz");

    assertThat(result.errors()).contains("boot-check: FAILED: ", reason);
    assertThat(result.status()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds|no.tar.gz, --seconds takes a whole number",
    "no.tar.gz, 'no.tar.gz: expected a readable file'",
    "--warp|no.tar.gz, unknown option --warp",
    "--path|health|no.tar.gz, --path must begin with /",
    "--console|no.txt, --console takes one file that can be read",
    "--wire|network, '--wire needs a file and the command line of a QEMU'"
  })
  void tellsWhatIsWrongWithItsCall(String words, String reason) throws Exception {
    Result result = UnikernelProgram.alone("boot-check", home).run(words.split("\\|", -1));

    assertThat(result.errors()).contains(reason);
    assertThat(result.status()).isEqualTo(2);
  }

  private Result check(String... words) throws Exception {
    return UnikernelProgram.bootCheck(home, words);
  }

  private void pack() throws Exception {
    UnikernelProgram.alone("pack-image", home).succeed("site.elf", "site.tar.gz");
  }

  private MultibootElf unikernel() throws Exception {
    return MultibootElf.around(Appliance.disk(Appliance.tarball(home, "1")), home);
  }
}
