package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import localcloud.appliance.Appliance;
import localcloud.assembly.DataFolder;
import localcloud.assembly.Install;
import localcloud.assembly.UpOptions;
import localcloud.judges.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BannerTest {
  @TempDir Path home;

  @Test
  void simulatedMachinesAreGivenASmallTarball() {
    assertThat(lineThatMakes("simulated"))
        .endsWith("test-fixtures/tarballs/make sparse mir-riseos-2.tar.gz --version 2");
  }

  /** The small tarball's disk has no program to boot. */
  @Test
  void realMachinesAreGivenADiskThatBoots() throws Exception {
    Path appliance = Appliance.tarball(home, "2");

    Program.named("bash", home).succeed("-euc", lineThatMakes("qemu"));

    assertThat(home.resolve("mir-riseos-2.tar.gz")).hasSameBinaryContentAs(appliance);
  }

  private String lineThatMakes(String machines) {
    Install install = new Install(Path.of("../..").toAbsolutePath().normalize());
    UpOptions options = UpLine.parse(List.of("--machines", machines), Optional::empty);
    return new Banner(install, DataFolder.at(home), options)
        .next()
        .lines()
        .filter(line -> line.contains("mir-riseos-2.tar.gz"))
        .findFirst()
        .orElseThrow()
        .strip();
  }
}
