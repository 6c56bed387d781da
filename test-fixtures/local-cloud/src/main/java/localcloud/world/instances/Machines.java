package localcloud.world.instances;

import java.nio.file.Path;
import java.time.Instant;

/** Switches machines on. The world decides when; what a machine then does is not its business. */
public interface Machines {
  /**
   * What to switch on.
   *
   * @param name the instance's name
   * @param disk its image's disk, shared with other machines: not to be written to
   * @param board what its machine type has, and its firmware
   * @param start the instant of power on
   * @param template the name of the template that it is made from
   */
  record Spec(String name, Path disk, Board board, Instant start, String template) {}

  /**
   * Returns at once, while the machine boots.
   *
   * @throws java.io.UncheckedIOException if this computer cannot run it
   */
  Machine start(Spec spec);
}
