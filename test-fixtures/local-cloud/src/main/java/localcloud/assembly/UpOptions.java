package localcloud.assembly;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import localcloud.assembly.Arguments.Range;
import localcloud.http.ApiServer;

/**
 * What {@code up} was asked for.
 *
 * @param demo run the demo and stop
 * @param data the data folder, if one was given
 * @param speed cloud seconds in one of the system's
 * @param machines which machines, and why
 * @param api where the two doors listen, 0 for a free port
 * @param balancerPort where the load balancer listens, 0 for a free port
 * @param pagePort where the page is served, 0 for a free port
 * @param functionPort where the function's first instance listens, 0 for a free port
 * @param functionInstances how many calls may run at once
 * @param faults the file with the faults to begin with, if one was given
 */
public record UpOptions(
    boolean demo,
    Optional<Path> data,
    int speed,
    MachineChoice machines,
    ApiServer.Ports api,
    int balancerPort,
    int pagePort,
    int functionPort,
    int functionInstances,
    Optional<Path> faults) {
  /** A deployment of some minutes of cloud time takes well under one, and can still be watched. */
  static final int DEMO_SPEED = 20;

  /** Beyond it the function's own work, which is not sped up, outgrows the cloud's deadlines. */
  private static final Range SPEED = new Range(1, 100);

  private static final Range PORT = new Range(0, 65535);
  private static final Range INSTANCES = new Range(1, 16);

  private static final Set<String> FLAGS = Set.of("--demo", "--detach");
  private static final Set<String> VALUED =
      Set.of(
          "--data",
          "--machines",
          "--speed",
          "--http-port",
          "--https-port",
          "--balancer-port",
          "--page-port",
          "--function-port",
          "--function-instances",
          "--faults");

  /**
   * Reads the command line.
   *
   * @param missing what real machines lack on this computer, if anything
   */
  public static UpOptions parse(List<String> line, Supplier<Optional<String>> missing) {
    Arguments arguments = Arguments.parse(line, FLAGS, VALUED);
    boolean demo = arguments.has("--demo");
    if (demo && arguments.has("--detach")) {
      throw CommandFault.usage("--demo stops by itself; leave --detach out");
    }
    int speed = arguments.number("--speed", SPEED, demo ? DEMO_SPEED : 1);
    MachineChoice machines = MachineChoice.of(arguments, demo, missing);
    return new UpOptions(
        demo,
        arguments.value("--data").map(Path::of),
        machines.real() ? 1 : speed,
        machines,
        new ApiServer.Ports(
            arguments.number("--http-port", PORT, demo ? 0 : 8085),
            arguments.number("--https-port", PORT, demo ? 0 : 8443)),
        arguments.number("--balancer-port", PORT, demo ? 0 : 8080),
        arguments.number("--page-port", PORT, demo ? 0 : 8088),
        arguments.number("--function-port", PORT, demo ? 0 : 8090),
        arguments.number("--function-instances", INSTANCES, 4),
        arguments.value("--faults").map(Path::of));
  }
}
