package localcloud.eventloop;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** Starts Vert.x for one who serves, or asks, over HTTP. */
public final class EventLoop {
  private EventLoop() {}

  /**
   * One thread, and none of the folder that Vert.x would make for files on its class path: it
   * serves none.
   */
  public static Vertx start() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }
}
