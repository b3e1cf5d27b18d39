package net.dglb.service;

import net.dglb.config.ConfigSection;

/** Reads what a service's answers hold. */
final class AnsweringReader {

  private AnsweringReader() {}

  static Answering read(ConfigSection section) {
    int count = section.optionalInteger("count", 1, Answering.MAX_COUNT).orElse(1);
    boolean rotate = section.optionalBool("rotate").orElse(false);
    return Attempt.value(section, "rotate", () -> new Answering(count, rotate))
        .orElse(Answering.DEFAULT);
  }
}
