package net.dglb.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a running node that take changed settings, in the order in which they are told. A
 * part is told when what it takes is another than before, or when a file changed that it reads. One
 * that cannot take something keeps what it has, says why, and is told again later; the others go
 * on. Belongs to the control thread.
 *
 * @param <S> the node's settings
 */
public final class LiveParts<S> {

  /**
   * Takes settings into use.
   *
   * @param <T> what one part takes of the node's settings
   */
  public interface Use<T> {

    /**
     * Takes them into use.
     *
     * @throws IOException if that cannot be, with the reason for people; those of before stay
     */
    void use(T settings) throws IOException;
  }

  /** Settings that cannot be used, where it is known which key is the reason. */
  public static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;
    private final String key;

    /** Names the key; the message is the cause's. */
    public RefusedException(String key, IOException cause) {
      super(cause.getMessage(), cause);
      this.key = key;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(LiveParts.class);

  private final S started;
  private final List<Part<?>> parts = new ArrayList<>();
  private final Set<String> told = new TreeSet<>();

  /** No parts yet; those to come run with these settings. */
  public LiveParts(S started) {
    this.started = started;
  }

  /**
   * Adds a part that cannot refuse.
   *
   * @param key the key, or the section, that it takes; empty for the whole
   * @param settings what it takes, by whose {@code equals} a change is told
   */
  public <T> LiveParts<S> part(String key, Function<S, T> settings, Consumer<T> use) {
    return fallible(key, settings, use::accept);
  }

  /**
   * Names what is looked up in the whole settings whenever it is needed, so that nobody is told.
   */
  public LiveParts<S> lookedUp(String key, Function<S, ?> settings) {
    return part(key, settings::apply, _ -> {});
  }

  /** Adds a part that may refuse; otherwise as {@link #part}. */
  public <T> LiveParts<S> fallible(String key, Function<S, T> settings, Use<T> use) {
    return reading(key, settings, _ -> List.of(), use);
  }

  /**
   * Adds a part that reads files; otherwise as {@link #fallible}.
   *
   * @param files those that it reads: it is told again when one changed
   */
  public <T> LiveParts<S> reading(
      String key, Function<S, T> settings, Function<T, Collection<Path>> files, Use<T> use) {
    parts.add(new Part<>(key, settings, files, use, settings.apply(started)));
    return this;
  }

  /** The files that parts read, as they are set now. */
  Set<Path> files() {
    Set<Path> all = new TreeSet<>();
    parts.forEach(part -> all.addAll(part.files()));
    return all;
  }

  /** Has those parts told again that read one of these files. */
  void changed(Set<Path> files) {
    parts.forEach(part -> part.changed(files));
  }

  /**
   * Tells each part what is new to it.
   *
   * @return by key why settings could not be used
   */
  Map<String, String> use(S next) {
    Map<String, String> refused = new TreeMap<>();
    told.clear();
    for (Part<?> part : parts) {
      part.use(next, refused);
    }
    return refused;
  }

  /** The keys of those parts that took something the last time. */
  Set<String> told() {
    return new TreeSet<>(told);
  }

  private final class Part<T> {

    private final String key;
    private final Function<S, T> settings;
    private final Function<T, Collection<Path>> files;
    private final Use<T> use;
    private T wanted;

    /** What it runs with; null if that is not what was asked for last. */
    private @Nullable T taken;

    Part(
        String key,
        Function<S, T> settings,
        Function<T, Collection<Path>> files,
        Use<T> use,
        T started) {
      this.key = key;
      this.settings = settings;
      this.files = files;
      this.use = use;
      this.wanted = started;
      this.taken = started;
    }

    Collection<Path> files() {
      return files.apply(wanted);
    }

    void changed(Set<Path> paths) {
      if (files().stream().anyMatch(paths::contains)) {
        taken = null;
      }
    }

    void use(S next, Map<String, String> refused) {
      wanted = settings.apply(next);
      if (Objects.equals(wanted, taken)) {
        return;
      }
      taken = null;
      try {
        use.use(wanted);
        taken = wanted;
        if (!key.isEmpty()) {
          told.add(key);
        }
      } catch (RefusedException e) {
        refused.putIfAbsent(e.key, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        refused.putIfAbsent(key, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("{} could not be taken into use", key, e);
        refused.putIfAbsent(key, "could not be taken into use: " + e);
      }
    }
  }
}
