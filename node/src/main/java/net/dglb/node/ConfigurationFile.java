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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.config.ConfigSection;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's own configuration file, for every kind of node: read at the start, and again when it or
 * a file that a part of the node reads changes. It is validated as a whole; one that cannot be used
 * leaves the running configuration in use, is reported with file and line, and is tried again,
 * since a file that it names may appear later. A changed key that needs a restart is named, and the
 * rest is in use. After the start it belongs to the control thread.
 *
 * @param <S> the node's settings
 */
public final class ConfigurationFile<S> {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFile.class);

  /** So many intervals of watching after a file could not be used it is tried again. */
  private static final int TRY_AGAIN_AFTER = 5;

  private final Path file;
  private final Form<S> form;
  private final S settings;
  private final ConfigSection started;
  private volatile List<String> problems = List.of();
  private volatile Set<String> waiting = Set.of();

  /** The content that was read last, whether it could be used or not. */
  private byte[] seen;

  private LiveParts<S> parts;
  private Set<Path> named = Set.of();
  private Optional<FileWatcher> watcher = Optional.empty();
  private Cancellable watchingNamed = () -> {};

  /**
   * What the file of one kind of node holds.
   *
   * @param reference the resource with the commented defaults
   * @param read reads the keys; problems stay with the section
   * @param live keys, each with all below it, that a running node takes into use
   * @param atStart the other keys, which need a restart: a running node keeps what it has
   */
  public record Form<S>(
      String reference,
      Function<ConfigSection, S> read,
      Collection<String> live,
      Collection<String> atStart) {

    /** Copies the keys. */
    public Form {
      live = List.copyOf(live);
      atStart = List.copyOf(atStart);
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

    /** Whether a key needs a restart; where it and a key above it are named, the longer counts. */
    public boolean needsRestart(String key) {
      return longest(atStart, key) >= longest(live, key);
    }

    /** Whether it is known of a key, or of one above it, what a change does. */
    public boolean isDeclared(String key) {
      return longest(atStart, key) >= 0 || longest(live, key) >= 0;
    }

    private static int longest(Collection<String> parts, String key) {
      return parts.stream()
          .filter(part -> key.equals(part) || key.startsWith(part + "."))
          .mapToInt(String::length)
          .max()
          .orElse(-1);
    }
  }

  private ConfigurationFile(Path file, Form<S> form) throws ConfigException {
    this.file = file;
    this.form = form;
    this.seen = content();
    ConfigSection root = ConfigFile.load(file, form.reference());
    this.settings = form.read(root);
    this.started = root;
    this.parts = new LiveParts<>(settings);
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
   * @param interval how often it is looked at
   * @param live what takes every configuration that is read later and can be used
   */
  public void watch(Timeline timeline, Duration interval, LiveParts<S> live) {
    parts = live;
    FileWatcher looking = new FileWatcher(timeline, interval);
    looking.watch(List.of(file), _ -> read());
    watcher = Optional.of(looking);
    watchNamed();
    if (!Arrays.equals(seen, content())) {
      timeline.execute(this::read);
    }
    Duration tryAgain = interval.multipliedBy(TRY_AGAIN_AFTER);
    timeline.every(tryAgain, tryAgain, this::tryAgain);
  }

  private void watchNamed() {
    Set<Path> now = parts.files();
    if (watcher.isPresent() && !now.equals(named)) {
      named = now;
      watchingNamed.cancel();
      watchingNamed = watcher.get().watch(now, this::namedChanged);
    }
  }

  private void namedChanged(Set<Path> files) {
    parts.changed(files);
    read();
  }

  /** Reads the file now, and the files that parts read. */
  public void readAll() {
    parts.changed(parts.files());
    read();
  }

  /** Reads the file now. */
  public void read() {
    try {
      seen = Files.readAllBytes(file);
      ConfigSection root = ConfigFile.load(file, form.reference());
      S written = form.read(root);
      Set<String> waits = whatWaits(root.values());
      S read =
          waits.isEmpty() ? written : form.read(ConfigFile.keeping(root, started, form.atStart()));
      Map<String, String> refused = parts.use(read);
      tell(waits);
      refused.forEach(root::problem);
      watchNamed();
      if (refused.isEmpty()) {
        problems = List.of();
      }
      if (refused.isEmpty() || !parts.told().isEmpty()) {
        LOG.info("{} is read again and in use; changed: {}", file, parts.told());
      }
      root.finish();
    } catch (ConfigException e) {
      report(e.problems().stream().map(Object::toString).toList());
    } catch (IOException e) {
      report(List.of(file + ": cannot be read (expected: a file to read)"));
    }
  }

  /**
   * For the status: what is wrong with the file and with the identity, each with its file and where
   * it is known the line, and the changed keys that need a restart.
   */
  public Map<String, Object> status(WatchedIdentity identity) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", file);
    tree.put("problems", Stream.concat(problems.stream(), identity.problems().stream()).toList());
    tree.put("needs-restart", waiting);
    return tree;
  }

  /**
   * Exports whether the file cannot be used, {@code dglb_configuration_problem}, 1 or 0, and how
   * many changed keys need a restart, {@code dglb_configuration_needs_restart}.
   */
  public void register(Metrics metrics) {
    Gauge.builder("dglb.configuration.problem", this, it -> it.problems.isEmpty() ? 0 : 1)
        .description("1 while the configuration file cannot be used and an older state of it is.")
        .strongReference(true)
        .register(metrics.registry());
    Gauge.builder("dglb.configuration.needs.restart", this, it -> it.waiting.size())
        .description("Keys of the configuration file that changed and need a restart.")
        .strongReference(true)
        .register(metrics.registry());
  }

  private Set<String> whatWaits(Map<String, String> values) {
    Map<String, String> before = started.values();
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(before.keySet());
    keys.removeIf(
        key -> !form.needsRestart(key) || Objects.equals(values.get(key), before.get(key)));
    return keys;
  }

  /** The status first: whoever has read the line in the log finds it there. */
  private void tell(Set<String> waits) {
    Set<String> before = waiting;
    waiting = waits;
    for (String key : waits) {
      if (!before.contains(key)) {
        LOG.warn("{} changed: needs a restart; the rest is in use", key);
      }
    }
  }

  /** The status first, as above. */
  private void report(List<String> found) {
    List<String> before = problems;
    problems = found;
    if (!found.equals(before)) {
      found.forEach(problem -> LOG.error("{} (the running configuration stays in use)", problem));
    }
  }

  /** Only what was looked at twice may be used: another content is the watcher's to tell. */
  private void tryAgain() {
    if (!problems.isEmpty() && Arrays.equals(seen, content())) {
      read();
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", file, e.toString());
      return new byte[0];
    }
  }
}
