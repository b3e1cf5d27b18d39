package net.dglb.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.node.Node;

/**
 * A kind of configuration file.
 *
 * @param word its name on the command line
 * @param marks keys at its top that no other kind has
 * @param check reads it and reports its problems, touching nothing else
 * @param node opens the node that it configures, if it configures one
 */
record ConfigKind(String word, Set<String> marks, Check check, Optional<Opening> node) {

  /** Reads a file for its problems. */
  interface Check {
    void check(Path file) throws ConfigException;
  }

  /** Makes a node from a file. */
  interface Opening {
    Node open(Path file) throws Exception;
  }

  /** The kind of this name. */
  static Optional<ConfigKind> named(List<ConfigKind> kinds, String word) {
    return kinds.stream().filter(kind -> kind.word.equals(word)).findFirst();
  }

  /**
   * The kind whose marks the file carries; empty if these are of no kind or of several.
   *
   * @throws ConfigException if the file cannot be read or parsed
   */
  static Optional<ConfigKind> of(List<ConfigKind> kinds, Path file) throws ConfigException {
    Set<String> keys = ConfigFile.topLevelKeys(file);
    List<ConfigKind> fitting =
        kinds.stream().filter(kind -> kind.marks.stream().anyMatch(keys::contains)).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }
}
