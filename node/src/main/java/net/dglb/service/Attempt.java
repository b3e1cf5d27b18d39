package net.dglb.service;

import java.util.Optional;
import java.util.function.Supplier;
import net.dglb.config.ConfigSection;

/** Lets a model's own refusal become a problem at a key, so that reading can go on. */
final class Attempt {

  private Attempt() {}

  static void at(ConfigSection section, String key, Runnable check) {
    if (key.isEmpty() || section.has(key)) {
      try {
        check.run();
      } catch (IllegalArgumentException e) {
        section.problem(key, String.valueOf(e.getMessage()));
      }
    }
  }

  static <T> Optional<T> value(ConfigSection section, String key, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (IllegalArgumentException e) {
      section.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
