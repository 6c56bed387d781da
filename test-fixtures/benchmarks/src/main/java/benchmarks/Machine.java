package benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.clock.RunningClock;

/** The machine on which is measured, without its name. */
final class Machine {
  private static final int KIB_PER_GIB = 1 << 20;

  private Machine() {}

  /** One sentence: day, cores, memory, and the versions of what takes part. */
  static String describe() {
    LocalDate day = LocalDate.ofInstant(RunningClock.startingNow(1).instant(), ZoneOffset.UTC);
    return "Measured on "
        + day
        + ": "
        + Runtime.getRuntime().availableProcessors()
        + " cores of "
        + found("/proc/cpuinfo", "model name\\s*: (.+)").orElse("an unknown CPU")
        + ", "
        + memory()
        + ", "
        + found("/etc/os-release", "PRETTY_NAME=\"(.+)\"").orElse(System.getProperty("os.name"))
        + ", Linux "
        + System.getProperty("os.version").replaceAll("^(\\d+\\.\\d+).*", "$1")
        + ", JDK "
        + Runtime.version()
        + ", "
        + said("QEMU", "(?s).*?version ([0-9.]+).*", "qemu-system-x86_64", "--version")
        + ", "
        + said("gcloud", "(?s).*?Google Cloud SDK ([0-9.]+).*", "gcloud", "--version")
        + ", "
        + said("pigz", "pigz ([0-9.]+).*", "pigz", "--version")
        + ", "
        + said("igzip", "(?s).*?([0-9]+[.][0-9.]+).*", "igzip", "--version")
        + ".";
  }

  private static String memory() {
    return found("/proc/meminfo", "MemTotal:\\s+(\\d+) kB")
        .map(kib -> Math.round(Double.parseDouble(kib) / KIB_PER_GIB) + " GiB")
        .orElse("an unknown memory");
  }

  private static Optional<String> found(String file, String pattern) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    } catch (IOException noLinux) {
      return Optional.empty();
    }
  }

  private static String said(String name, String pattern, String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      return matcher.matches() ? name + " " + matcher.group(1) : name + " of unknown version";
    } catch (IOException notInstalled) {
      return "no " + name;
    }
  }
}
