package net.dglb.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.dglb.config.ConfigException;
import net.dglb.node.FileWatcher;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own configuration file: read again when it changes. One that cannot be used leaves the
 * running configuration in use, and is tried again, since a file that it names may appear later.
 * Belongs to the control thread.
 */
final class ConfigurationFile {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFile.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final Path file;
  private final Timeline timeline;
  private final Consumer<AuthoritySettings> use;
  private List<String> problems = List.of();
  private byte[] failed = {};

  /** Reads nothing yet; {@code use} is given every configuration that is read later. */
  ConfigurationFile(Path file, Timeline timeline, Consumer<AuthoritySettings> use) {
    this.file = file;
    this.timeline = timeline;
    this.use = use;
  }

  /** Looks at the file from now on. */
  void watch() {
    new FileWatcher(timeline, FileWatcher.DEFAULT_PERIOD).watch(List.of(file), _ -> read());
    timeline.every(TRY_AGAIN, TRY_AGAIN, this::tryAgain);
  }

  /** Reads the file now. */
  void read() {
    try {
      failed = content();
      AuthoritySettings settings = AuthoritySettings.load(file);
      problems = List.of();
      use.accept(settings);
    } catch (ConfigException e) {
      report(e.problems().stream().map(Object::toString).toList());
    } catch (IOException e) {
      report(List.of(file + ": cannot be read: " + e));
    }
  }

  /** What is wrong with the file; nothing if it is in use. */
  List<String> problems() {
    return problems;
  }

  private void report(List<String> found) {
    if (!found.equals(problems)) {
      found.forEach(problem -> LOG.error("{} (the old configuration stays)", problem));
    }
    problems = found;
  }

  /** Only what was looked at twice may be used: another content is the watcher's to tell. */
  private void tryAgain() {
    try {
      if (!problems.isEmpty() && Arrays.equals(failed, content())) {
        read();
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", file, e.toString());
    }
  }

  private byte[] content() throws IOException {
    return Files.readAllBytes(file);
  }
}
