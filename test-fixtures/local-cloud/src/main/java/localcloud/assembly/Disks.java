package localcloud.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/**
 * Disks of versions that serve, for the machines that were chosen.
 *
 * @param install knows the program that builds real ones
 * @param data takes those for simulated machines
 */
public record Disks(Install install, DataFolder data, MachineChoice machines) {

  /** A tarball whose machine tells this version. */
  public Path tarball(String version) throws IOException, InterruptedException {
    if (machines.real()) {
      return install.appliance().tarball(version);
    }
    return simulated(Names.TARGET + "-" + version + ".tar.gz", Kind.SPARSE, version);
  }

  /** A tarball whose machine is healthy and answers every fifth request with a 500. */
  public Path failing(String name, String version) throws IOException {
    Path tarball = Files.createDirectories(data.tarballs()).resolve(name);
    Tarball.write(Kind.SPARSE, SimulatedDisk.healthy(version).failingEvery(5), tarball);
    return tarball;
  }

  /** A tarball of this kind, good or bad, under this name. */
  public Path simulated(String name, Kind kind, String version) throws IOException {
    Path tarball = Files.createDirectories(data.tarballs()).resolve(name);
    Tarball.write(kind, SimulatedDisk.healthy(version), tarball);
    return tarball;
  }
}
