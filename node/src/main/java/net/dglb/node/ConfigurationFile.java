package net.dglb.node;

import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own configuration file, for every kind of node: read at the start, and again when it
 * changes. One that cannot be used leaves the running configuration in use, is reported with file
 * and line, and is tried again, since a file that it names may appear later. A changed key that
 * only counts at a start is said to. After the start it belongs to the control thread.
 *
 * @param <S> the node's settings
 */
public final class ConfigurationFile<S> {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFile.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final Path file;
  private final Form<S> form;
  private final S settings;
  private final Map<String, String> started;
  private volatile List<String> problems = List.of();
  private Set<String> waiting = Set.of();
  private byte[] failed = {};
  private Consumer<S> use = _ -> {};

  /**
   * What the file of one kind of node holds.
   *
   * @param reference the resource with the commented defaults
   * @param read reads the keys; problems stay with the section
   * @param live keys, each with all below it, that a running node takes into use; others wait for
   *     the next start
   */
  public record Form<S>(
      String reference, Function<ConfigSection, S> read, Collection<String> live) {

    /** Copies the keys. */
    public Form {
      live = List.copyOf(live);
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with every problem, each with file and line
     */
    public S load(Path file) throws ConfigException {
      return read(ConfigFile.load(file, reference));
    }

    private S read(ConfigSection root) throws ConfigException {
      S settings = read.apply(root);
      root.finish();
      return settings;
    }

    private boolean isLive(String key) {
      return live.stream().anyMatch(part -> key.equals(part) || key.startsWith(part + "."));
    }
  }

  private ConfigurationFile(Path file, Form<S> form) throws ConfigException {
    this.file = file;
    this.form = form;
    ConfigSection root = ConfigFile.load(file, form.reference());
    this.settings = form.read(root);
    this.started = root.values();
  }

  /**
   * Reads a file for a node to start with.
   *
   * @throws ConfigException with every problem, each with file and line
   */
  public static <S> ConfigurationFile<S> open(Path file, Form<S> form) throws ConfigException {
    return new ConfigurationFile<>(file, form);
  }

  /** What the file said at the start. */
  public S settings() {
    return settings;
  }

  /**
   * Looks at the file from now on.
   *
   * @param timeline the control thread
   * @param changed is given every configuration that is read later and can be used
   */
  public void watch(Timeline timeline, Consumer<S> changed) {
    use = changed;
    new FileWatcher(timeline, FileWatcher.DEFAULT_PERIOD).watch(List.of(file), _ -> read());
    timeline.every(TRY_AGAIN, TRY_AGAIN, this::tryAgain);
  }

  /** Reads the file now. */
  public void read() {
    try {
      failed = Files.readAllBytes(file);
      ConfigSection root = ConfigFile.load(file, form.reference());
      S read = form.read(root);
      problems = List.of();
      use.accept(read);
      tellWhatWaits(root.values());
      LOG.info("{} is read again and in use", file);
    } catch (ConfigException e) {
      report(e.problems().stream().map(Object::toString).toList());
    } catch (IOException e) {
      report(List.of(file + ": cannot be read (expected: a file to read)"));
    }
  }

  /**
   * For the status: what is wrong with the file and with the identity, each with its file and where
   * it is known the line, and the keys that wait for the next start.
   */
  public Map<String, Object> status(WatchedIdentity identity) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", file);
    tree.put("problems", Stream.concat(problems.stream(), identity.problems().stream()).toList());
    tree.put("at-next-start", waiting);
    return tree;
  }

  /** Exports whether the file cannot be used: {@code dglb_configuration_problem}, 1 or 0. */
  public void register(Metrics metrics) {
    Gauge.builder("dglb.configuration.problem", this, it -> it.problems.isEmpty() ? 0 : 1)
        .description("1 while the configuration file cannot be used and an older state of it is.")
        .strongReference(true)
        .register(metrics.registry());
  }

  private void tellWhatWaits(Map<String, String> values) {
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(started.keySet());
    keys.removeIf(key -> form.isLive(key) || Objects.equals(values.get(key), started.get(key)));
    for (String key : keys) {
      if (!waiting.contains(key)) {
        LOG.warn("{} changed: takes effect at the next start", key);
      }
    }
    waiting = keys;
  }

  private void report(List<String> found) {
    if (!found.equals(problems)) {
      found.forEach(problem -> LOG.error("{} (the running configuration stays in use)", problem));
    }
    problems = found;
  }

  /** Only what was looked at twice may be used: another content is the watcher's to tell. */
  private void tryAgain() {
    try {
      if (!problems.isEmpty() && Arrays.equals(failed, Files.readAllBytes(file))) {
        read();
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", file, e.toString());
    }
  }
}
