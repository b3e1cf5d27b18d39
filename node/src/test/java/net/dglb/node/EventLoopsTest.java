package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.file.impl.FileResolverImpl;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLoopsTest {

  @TempDir private Path folder;

  @Test
  void haveNoFolderOfTheirOwnAndReadFilesAsTheyStand() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "as it stands");
    Vertx vertx = EventLoops.start();
    try {
      FileResolverImpl files = (FileResolverImpl) ((VertxInternal) vertx).fileResolver();

      assertThat(files.cacheDir()).isNull();
      assertThat(vertx.fileSystem().readFileBlocking(file.toString()).toString())
          .isEqualTo("as it stands");
    } finally {
      vertx.close().await();
    }
  }
}
