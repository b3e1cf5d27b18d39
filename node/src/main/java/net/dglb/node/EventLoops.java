package net.dglb.node;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * Vert.x as nodes use it. Its threads end with the process, and it writes nothing to the disk: by
 * default it makes a folder for files from the class path, which a killed process leaves behind.
 */
public final class EventLoops {

  private EventLoops() {}

  /** Starts event loops; whoever starts them closes them. */
  public static Vertx start() {
    return Vertx.vertx(
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
