package net.dglb.config;

import java.time.Instant;
import java.util.List;

/** Looks into a file that a configuration names, with the code that the node reads it by. */
public interface FileCheck {

  /**
   * What is wrong with it, each thing in a text that names the file, and the line where it is
   * known; nothing for a good one.
   *
   * @param now the moment for which the configuration is checked
   */
  List<String> problems(Instant now);

  /** Reads a file; what it throws says, a line each, what is wrong with it. */
  interface Reading {
    void read() throws Exception;
  }

  /** Whatever prevents a file from being read. */
  static FileCheck of(Reading reading) {
    return _ -> {
      try {
        reading.read();
        return List.of();
      } catch (Exception e) {
        return String.valueOf(e.getMessage()).lines().toList();
      }
    };
  }
}
