package localcloud.balancer;

import java.time.Instant;
import java.util.Map;

/**
 * One second of cloud time at the load balancer.
 *
 * @param start a whole second of cloud time
 * @param answered requests that ended well in it, by the name of the instance's template
 * @param failed requests that ended badly in it: answered 5xx, by the balancer or an instance, or
 *     broken off
 */
public record Second(Instant start, Map<String, Integer> answered, int failed) {}
