package localcloud.world;

import java.nio.file.Path;
import localcloud.clock.CloudClock;

/**
 * What a world is built on.
 *
 * @param project the only project there is, such as demo
 * @param clock the only time there is
 * @param data the folder whose {@code compute} folder the world owns: it is emptied at the start
 * @param objects where tarballs are read from
 */
public record Site(String project, CloudClock clock, Path data, ObjectSource objects) {}
