package net.dglb.lb.resolvers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.net.Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the set of resolvers up to date: the configured prefixes, and each address that a watched
 * file names. A file that cannot be used leaves the last good set in place and says why. Used on
 * the control thread only.
 */
public final class ResolverSource {

  private static final Logger LOG = LoggerFactory.getLogger(ResolverSource.class);
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final Consumer<ResolverSet> onChange;
  private ResolverSet configured;
  private Optional<Path> file;
  private List<Prefix> fromFile;
  private List<String> problems = List.of();

  /**
   * Starts with what is configured and with what the file named last.
   *
   * @param fromFile the prefixes that the file gave before a restart
   * @param onChange is told every new set
   */
  public ResolverSource(
      ResolverSet configured,
      Optional<Path> file,
      List<Prefix> fromFile,
      Consumer<ResolverSet> onChange) {
    this.configured = configured;
    this.file = file;
    this.fromFile = file.isPresent() ? List.copyOf(fromFile) : List.of();
    this.onChange = onChange;
  }

  /** What is wrong with such a file, each with file and line; empty if it can be used. */
  public static List<String> problems(Path file) {
    ResolverFile read = read(file);
    return read.usable() ? List.of() : read.problems();
  }

  /** The set as it is known now. */
  public ResolverSet current() {
    return configured.with(fromFile);
  }

  /** The prefixes that come from the file. */
  public List<Prefix> fromFile() {
    return fromFile;
  }

  /** What is wrong with the file now, each with file and line; empty if nothing is. */
  public List<String> problems() {
    return problems;
  }

  /** Takes a new configuration and reads its file. */
  public void configure(ResolverSet resolvers, Optional<Path> path) {
    ResolverSet before = current();
    configured = resolvers;
    if (!file.equals(path)) {
      fromFile = List.of();
    }
    file = path;
    readFile();
    announceChange(before);
  }

  /** Reads the file again, for example because it changed; a changed set is announced. */
  public void refresh() {
    ResolverSet before = current();
    readFile();
    announceChange(before);
  }

  private void announceChange(ResolverSet before) {
    if (!current().equals(before)) {
      onChange.accept(current());
    }
  }

  private void readFile() {
    if (file.isEmpty()) {
      problems = List.of();
      return;
    }
    ResolverFile read = read(file.get());
    read.notes().forEach(LOG::info);
    if (read.usable()) {
      problems = List.of();
      fromFile = read.addresses().stream().map(Prefix::of).distinct().toList();
    } else if (!read.problems().equals(problems)) {
      problems = read.problems();
      problems.forEach(
          problem -> LOG.warn("{}; the last good resolvers stay announced: {}", problem, fromFile));
    }
  }

  private static ResolverFile read(Path path) {
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        return unusable(path + ": " + Files.size(path) + " octets (expected at most 1 MiB)");
      }
      return ResolverFile.parse(
          path.toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return unusable(path + ": cannot be read: " + e);
    }
  }

  private static ResolverFile unusable(String problem) {
    return new ResolverFile(List.of(), List.of(problem), List.of());
  }
}
