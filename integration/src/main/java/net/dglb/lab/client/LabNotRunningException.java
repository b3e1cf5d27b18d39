package net.dglb.lab.client;

import java.io.IOException;
import java.nio.file.Path;

/** Nobody to ask: no lab runs, or it ended meanwhile. */
public final class LabNotRunningException extends IOException {

  private static final long serialVersionUID = 1;

  LabNotRunningException(Path folder) {
    super(
        "no lab runs with its files in "
            + folder.toAbsolutePath().normalize()
            + " (start one with ./dglb lab, or name its folder with --dir)");
  }

  LabNotRunningException(String message, IOException cause) {
    super(message, cause);
  }
}
