package net.dglb.config;

import java.util.Comparator;

/**
 * One thing that is wrong in a configuration.
 *
 * @param file the file that holds it, or the name that a text without a file was given
 * @param line the line, from 1; 0 if the whole file is meant
 * @param key the full key, such as {@code dns.workers} or {@code zones[1].origin}; empty if the
 *     file could not be parsed
 * @param message what is wrong and what was expected
 */
public record ConfigProblem(String file, int line, String key, String message)
    implements Comparable<ConfigProblem> {

  private static final Comparator<ConfigProblem> ORDER =
      Comparator.comparing(ConfigProblem::file)
          .thenComparingInt(ConfigProblem::line)
          .thenComparing(ConfigProblem::key)
          .thenComparing(ConfigProblem::message);

  /** By file, then by line, then by key. */
  @Override
  public int compareTo(ConfigProblem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line: key: message}, without the parts that are not known. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
