package localcloud.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import localcloud.assembly.CommandFault;
import localcloud.assembly.MachineChoice;
import localcloud.assembly.Tempo;
import localcloud.assembly.UpOptions;
import localcloud.http.ApiServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code up}; src/main/help/up.txt says what each option does. */
@Command(name = "up")
final class UpLine {
  /** A deployment of some minutes of cloud time takes well under one, and can still be watched. */
  private static final int DEMO_SPEED = 20;

  /**
   * Two soaks of ten minutes are then twenty seconds, in which a hundred requests a minute pass.
   */
  private static final int ALARMED_DEMO_SPEED = 60;

  private static final int INSTANCES = 4;

  @Option(names = "--demo")
  private boolean demo;

  @Option(names = "--alarms")
  private boolean alarms;

  @Option(names = "--detach")
  private boolean detach;

  @Option(names = "--data")
  private @Nullable Path data;

  @Option(names = "--machines")
  private @Nullable String machines;

  @Option(names = "--speed", converter = Speed.class)
  private @Nullable Integer speed;

  @Option(names = "--http-port", converter = Port.class)
  private @Nullable Integer httpPort;

  @Option(names = "--https-port", converter = Port.class)
  private @Nullable Integer httpsPort;

  @Option(names = "--balancer-port", converter = Port.class)
  private @Nullable Integer balancerPort;

  @Option(names = "--page-port", converter = Port.class)
  private @Nullable Integer pagePort;

  @Option(names = "--function-port", converter = Port.class)
  private @Nullable Integer functionPort;

  @Option(names = "--function-instances", converter = Instances.class)
  private @Nullable Integer functionInstances;

  @Option(names = "--faults")
  private @Nullable Path faults;

  /**
   * Reads the command line.
   *
   * @param missing what real machines lack on this computer, if anything
   */
  static UpOptions parse(List<String> words, Supplier<Optional<String>> missing) {
    return Words.into(new UpLine(), words).options(missing);
  }

  private UpOptions options(Supplier<Optional<String>> missing) {
    if (demo && detach) {
      throw CommandFault.usage("--demo stops by itself; leave --detach out");
    }
    MachineChoice choice = choice(missing);
    int demoSpeed = alarms ? ALARMED_DEMO_SPEED : DEMO_SPEED;
    return new UpOptions(
        demo,
        alarms,
        Optional.ofNullable(data),
        choice.real() ? 1 : or(speed, demo ? demoSpeed : 1),
        choice,
        new ApiServer.Ports(port(httpPort, 8085), port(httpsPort, 8443)),
        port(balancerPort, 8080),
        port(pagePort, 8088),
        port(functionPort, 8090),
        or(functionInstances, INSTANCES),
        Optional.ofNullable(faults));
  }

  /** The version that the alarms put back is one that simulated machines alone can be. */
  private MachineChoice choice(Supplier<Optional<String>> missing) {
    Optional<String> asked = Optional.ofNullable(machines);
    if (alarms && asked.filter("qemu"::equals).isPresent()) {
      throw CommandFault.usage(
          "--alarms: soaks last ten minutes, and real machines run as fast as the clock; take"
              + " --machines simulated");
    }
    MachineChoice choice = MachineChoice.of(asked, or(speed, 1), demo && !alarms, missing);
    return alarms ? new MachineChoice(false, choice.why(), Tempo.alarmed()) : choice;
  }

  private int port(@Nullable Integer given, int usual) {
    return or(given, demo ? 0 : usual);
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  private static final class Port extends Words.Whole {
    Port() {
      super(0, 65535);
    }
  }

  /** Beyond it the function's own work, which is not sped up, outgrows the cloud's deadlines. */
  private static final class Speed extends Words.Whole {
    Speed() {
      super(1, 100);
    }
  }

  private static final class Instances extends Words.Whole {
    Instances() {
      super(1, 16);
    }
  }
}
