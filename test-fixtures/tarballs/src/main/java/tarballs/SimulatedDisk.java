package tarballs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the disk tells the local cloud's simulated machine to do.
 *
 * @param version what the machine answers with
 * @param bootSeconds cloud time from start to the first answer
 * @param healthy whether it answers health checks well once it has booted
 * @param diesAfterSeconds cloud time from the boot until it stops answering; null is never
 * @param console what it writes to its serial port
 * @param errorEvery of this many requests one is answered with a 500; 0 for none
 */
public record SimulatedDisk(
    String version,
    int bootSeconds,
    boolean healthy,
    @Nullable Integer diesAfterSeconds,
    String console,
    int errorEvery) {
  /** Where on the disk the line stands: the start of the partition. */
  public static final int LINE_AT = 1 << 20;

  private static final int DEFAULT_BOOT_SECONDS = 5;

  /** Refuses a time before the start. */
  public SimulatedDisk {
    if (bootSeconds < 0 || (diesAfterSeconds != null && diesAfterSeconds < 0)) {
      throw new IllegalArgumentException(
          "seconds: expected 0 or more, found " + bootSeconds + " and " + diesAfterSeconds);
    }
  }

  /** A machine that boots in five seconds and stays healthy. */
  public static SimulatedDisk healthy(String version) {
    return new SimulatedDisk(
        version, DEFAULT_BOOT_SECONDS, true, null, "Simulated machine, version " + version, 0);
  }

  /** The same with another time to boot. */
  public SimulatedDisk bootingIn(int seconds) {
    return new SimulatedDisk(version, seconds, healthy, diesAfterSeconds, console, errorEvery);
  }

  /** The same, but it boots and never passes a health check. */
  public SimulatedDisk unhealthy() {
    return new SimulatedDisk(version, bootSeconds, false, diesAfterSeconds, console, errorEvery);
  }

  /** The same, but it stops answering a while after it has booted. */
  public SimulatedDisk dyingAfter(int seconds) {
    return new SimulatedDisk(version, bootSeconds, healthy, seconds, console, errorEvery);
  }

  /** The same with another text on the serial port. */
  public SimulatedDisk saying(String newConsole) {
    return new SimulatedDisk(
        version, bootSeconds, healthy, diesAfterSeconds, newConsole, errorEvery);
  }

  /** The same, healthy by its check, but of this many requests it answers one with a 500. */
  public SimulatedDisk failingEvery(int requests) {
    return new SimulatedDisk(version, bootSeconds, healthy, diesAfterSeconds, console, requests);
  }

  /** {@code SLIPWAY-SIM } and one JSON object, closed by a line feed. */
  public String line() {
    String dies = diesAfterSeconds == null ? "" : ",\"diesAfterSeconds\":" + diesAfterSeconds;
    String errors = errorEvery == 0 ? "" : ",\"errorEvery\":" + errorEvery;
    return "SLIPWAY-SIM {\"version\":"
        + quoted(version)
        + ",\"bootSeconds\":"
        + bootSeconds
        + ",\"healthy\":"
        + healthy
        + dies
        + errors
        + ",\"console\":"
        + quoted(console)
        + "}\n";
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
