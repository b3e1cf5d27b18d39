package net.dglb.backbone.registry.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a log's disk has room. A log is closed before its disk is full to the last octet: Ratis
 * 3.2.0 replaces the file that remembers its vote by a cut one when that cannot be written whole,
 * and does not open again then.
 */
final class DiskRoom {

  /** What has to be free, in octets. */
  static final long LEAST = 8L << 20;

  private DiskRoom() {}

  /** Throws, with what is missing, unless there is room. */
  static void require(Path folder) throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < LEAST) {
      throw new IOException(
          "No space left on device: the disk of "
              + folder
              + " is nearly full (expected: at least "
              + (LEAST >> 20)
              + " MiB free)");
    }
  }
}
