package page;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What a page shows, and how it may ask for it.
 *
 * @param place {@code local cloud} or {@code Google Cloud}
 * @param project its id
 * @param function the name of the function, which is its service's in Cloud Run
 * @param speed cloud seconds in one of the system's, from 1; 1 for a real project
 * @param callsPerMinute after what is shown first is read; 0 for a cloud on this machine, which may
 *     be asked as often as it likes, and for every group's instances
 * @param token as whom to ask
 * @param clock the cloud's time
 */
public record Settings(
    String place,
    String project,
    Buckets buckets,
    Endpoints endpoints,
    String function,
    int speed,
    int callsPerMinute,
    Token token,
    InstantSource clock) {

  /** The three buckets' names. */
  public record Buckets(String uploads, String records, String proven) {
    /** Named as infra/ names them, after the first. */
    public static Buckets after(String uploads) {
      return new Buckets(uploads, uploads + "-records", uploads + "-private");
    }
  }

  /**
   * Where each API is, without a slash at the end.
   *
   * @param storage with its version, as {@code https://storage.googleapis.com/storage/v1}
   * @param compute the same
   * @param logging without
   * @param monitoring without
   * @param traffic the local load balancer's seconds; empty where Cloud Monitoring counts
   */
  public record Endpoints(
      String storage, String compute, String logging, String monitoring, String traffic) {}

  /** Whether calls cost nothing. */
  boolean isUnlimited() {
    return callsPerMinute == 0;
  }

  /** Between two calls of a source that may make this share of them, in percent. */
  Duration pause(int share) {
    return isUnlimited() ? Duration.ZERO : Duration.ofMillis(6_000_000L / callsPerMinute / share);
  }

  /** How many of the records that moved last are read whole, though they are closed. */
  int readWhole() {
    return isUnlimited() ? Records.SHOWN : 20;
  }
}
