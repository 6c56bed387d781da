package localcloud.assembly;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which machines a local cloud runs.
 *
 * @param real processes of QEMU that boot their disk; otherwise simulated ones
 * @param why in words that follow on from naming them
 * @param tempo how long everything takes with them
 */
public record MachineChoice(boolean real, String why, Tempo tempo) {
  private static final String OPTION = "--machines";
  private static final String QEMU = "qemu";
  private static final String SIMULATED = "simulated";

  public MachineChoice(boolean real, String why) {
    this(real, why, real ? Tempo.brisk() : Tempo.usual());
  }

  /**
   * What was asked for, or else what fits: simulated machines, but for the demo real ones.
   *
   * @param asked what {@code --machines} says
   * @param speed what {@code --speed} says, else 1
   * @param missing what real machines lack on this computer, if anything; asked only if it matters
   */
  public static MachineChoice of(
      Optional<String> asked, int speed, boolean demo, Supplier<Optional<String>> missing) {
    if (asked.isPresent()) {
      return asked(asked.orElseThrow(), speed, missing);
    }
    if (!demo) {
      return new MachineChoice(false, "unless --machines qemu asks for real ones");
    }
    if (speed != 1) {
      return new MachineChoice(
          false, "since real ones cannot run --speed " + speed + " times as fast");
    }
    return missing
        .get()
        .map(lacking -> new MachineChoice(false, "since real ones cannot be had: " + lacking))
        .orElseGet(() -> new MachineChoice(true, "since all that they need is installed"));
  }

  private static MachineChoice asked(
      String machines, int speed, Supplier<Optional<String>> missing) {
    if (machines.equals(SIMULATED)) {
      return new MachineChoice(false, "as --machines asks");
    }
    if (!machines.equals(QEMU)) {
      throw CommandFault.usage("%s: expected simulated or qemu, found '%s'", OPTION, machines);
    }
    if (speed != 1) {
      throw CommandFault.usage(
          "--speed %d: real machines run as fast as the clock; leave --speed out, or take"
              + " --machines simulated",
          speed);
    }
    Optional<String> lacking = missing.get();
    if (lacking.isPresent()) {
      throw CommandFault.failed("%s %s: %s", OPTION, QEMU, lacking.orElseThrow());
    }
    return new MachineChoice(true, "as --machines asks");
  }

  /** Such as {@code real ones (qemu), as --machines asks}. */
  public String text() {
    return (real ? "real ones (qemu), " : "simulated, ") + why;
  }
}
