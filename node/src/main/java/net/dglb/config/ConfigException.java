package net.dglb.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong in it. */
public final class ConfigException extends Exception {

  private final List<ConfigProblem> problems;

  /** Holds the problems, sorted by file and line and each once. */
  public ConfigException(Collection<ConfigProblem> problems) {
    this(problems.stream().distinct().sorted().toList());
  }

  private ConfigException(List<ConfigProblem> sorted) {
    super(sorted.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = sorted;
  }

  /** A configuration with one problem that concerns a whole file. */
  public static ConfigException of(String file, String message) {
    return new ConfigException(List.of(new ConfigProblem(file, 0, "", message)));
  }

  /** Every problem, sorted by file and line. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
