package tarballs;

/** What the command line says of the simulated machine. */
record Options(SimulatedDisk machine) {
  private static final String DEFAULT_VERSION = "1";

  static Options parse(String[] args) {
    SimulatedDisk machine = SimulatedDisk.healthy(version(args));
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--version" -> i++;
        case "--unhealthy" -> machine = machine.unhealthy();
        case "--boot-seconds" -> machine = machine.bootingIn(seconds(args, i++));
        case "--dies-after" -> machine = machine.dyingAfter(seconds(args, i++));
        case "--console" -> machine = machine.saying(value(args, i++));
        default ->
            throw new IllegalArgumentException(
                "expected --version, --unhealthy, --boot-seconds, --dies-after or --console, found "
                    + args[i]);
      }
    }
    return new Options(machine);
  }

  private static String version(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--version")) {
        return value(args, i);
      }
    }
    return DEFAULT_VERSION;
  }

  private static int seconds(String[] args, int option) {
    String value = value(args, option);
    try {
      int seconds = Integer.parseInt(value);
      if (seconds >= 0) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // told below, as a negative number is
    }
    throw new IllegalArgumentException(
        args[option] + ": expected a whole number of seconds from 0 on, found " + value);
  }

  private static String value(String[] args, int option) {
    if (option + 1 == args.length || args[option + 1].startsWith("--")) {
      throw new IllegalArgumentException(args[option] + ": expected a value after it, found none");
    }
    return args[option + 1];
  }
}
