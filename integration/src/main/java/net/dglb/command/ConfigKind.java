package net.dglb.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.node.Node;

/**
 * A kind of configuration file.
 *
 * @param word its name on the command line
 * @param marks keys at its top that no other kind has
 * @param reference the resource with its defaults; empty for none
 * @param reading reads its keys; problems stay with the section or are thrown
 * @param node opens the node that it configures, if it configures one
 */
record ConfigKind(
    String word, Set<String> marks, String reference, Reading reading, Optional<Opening> node) {

  /** Reads the keys of one kind; a check has no use for what comes of it. */
  interface Reading {
    Object read(ConfigSection root) throws ConfigException;
  }

  /** Makes a node from a file. */
  interface Opening {
    Node open(Path file) throws Exception;
  }

  /**
   * Reads a file of this kind, and what the files hold that it names, and uses nothing of it.
   *
   * @param now the moment at which certificates must be valid
   * @throws ConfigException with every problem
   */
  void check(Path file, Instant now) throws ConfigException {
    ConfigSection root = ConfigFile.load(file, reference);
    reading.read(root);
    root.check(now);
    root.finish();
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
