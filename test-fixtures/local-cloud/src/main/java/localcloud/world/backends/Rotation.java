package localcloud.world.backends;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where the load balancer may send requests at one moment.
 *
 * @param service the backend service's name; empty if there is none
 * @param timeout how long an answer may take: BackendService.timeoutSec
 * @param serving the instances that are healthy and not being drained
 */
public record Rotation(String service, Duration timeout, List<Serving> serving) {
  /** Where there is no backend service. */
  public static final Rotation NONE = new Rotation("", Duration.ofSeconds(30), List.of());

  /**
   * One instance that serves.
   *
   * @param instance its full link
   * @param version its template's name
   */
  public record Serving(String instance, String version, InetSocketAddress address) {}
}
