package localcloud.world;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import localcloud.clock.CloudClock;
import localcloud.world.images.ObjectSource;

/**
 * What a world is built on.
 *
 * @param project the only project there is, such as demo
 * @param clock the only time there is
 * @param data the folder whose {@code compute} folder the world owns: it is emptied at the start
 * @param objects where tarballs are read from
 * @param importer reads them; an import that takes longer than the world's pace ends later
 */
public record Site(
    String project, CloudClock clock, Path data, ObjectSource objects, Executor importer) {}
