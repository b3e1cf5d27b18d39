package net.dglb.node;

import io.micrometer.core.instrument.Gauge;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.dglb.time.Timeline;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable maps in one file. Changes are seen at once and survive a crash after {@link #commit}. A
 * damaged file is set aside, never deleted, and the store starts empty. While the disk takes
 * nothing, the maps go on in memory; the first commit that succeeds writes all that was missed.
 * Thread-safe.
 */
public final class StateStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Pages that are still needed are gathered from chunks that are mostly dead so often. */
  private static final int COMPACT_EVERY = 100;

  private static final int FILL_PERCENT = 50;
  private static final int COMPACT_OCTETS = 1 << 20;

  private final Path file;
  private final InstantSource clock;
  private final Map<String, StateMap> maps = new ConcurrentHashMap<>();
  private MVStore store;
  private boolean broken;
  private long commits;
  private volatile String problem = "";

  private StateStore(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.store = openOrStartAgain(file, clock);
    for (String name : store.getMapNames()) {
      maps.put(name, new StateMap(openMap(store, name)));
    }
  }

  /** Opens the store with the system's clock for the names of files set aside. */
  public static StateStore open(Path file) {
    return open(file, InstantSource.system());
  }

  /**
   * Opens or makes the store; missing folders are made.
   *
   * @throws StateException if another process has it open, or it cannot be read or written
   */
  static StateStore open(Path file, InstantSource clock) {
    try {
      OwnerOnly.folder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new StateException(file + ": the folder cannot be made: " + e, e);
    }
    return new StateStore(file, clock);
  }

  private static MVStore openOrStartAgain(Path file, InstantSource clock) {
    try {
      return openChecked(file);
    } catch (MVStoreException e) {
      if (!isDamage(e)) {
        throw failure(file, e);
      }
      return startAgain(file, e, clock);
    }
  }

  /** The durable map of a name; always the same one for the same name. */
  public Map<String, byte[]> map(String name) {
    return maps.computeIfAbsent(name, _ -> new StateMap(Map.of()));
  }

  /**
   * Makes all changes so far durable: returns after they are on disk.
   *
   * @throws StateException if they cannot be written; they stay in the maps, and the next commit
   *     tries again
   */
  public synchronized void commit() {
    try {
      write();
      if (!problem.isEmpty()) {
        LOG.info("{}: written again; nothing was lost", file);
      }
      problem = "";
    } catch (MVStoreException e) {
      throw remember(failure(file, e));
    } catch (StateException e) {
      throw remember(e);
    }
  }

  private StateException remember(StateException failure) {
    broken = true;
    if (problem.isEmpty()) {
      LOG.error("{}; what changes is kept in memory until it can be written", failure.getMessage());
    }
    problem = String.valueOf(failure.getMessage());
    return failure;
  }

  private void write() {
    if (broken) {
      // A store that could not write once takes nothing any more.
      store.closeImmediately();
      store = openOrStartAgain(file, clock);
      maps.forEach((name, map) -> map.writeAll(openMap(store, name)));
    } else {
      maps.forEach((name, map) -> map.writeChanges(openMap(store, name)));
    }
    store.commit();
    store.sync();
    broken = false;
    commits++;
    if (commits % COMPACT_EVERY == 0) {
      store.compact(FILL_PERCENT, COMPACT_OCTETS);
    }
  }

  /** Why the last commit failed; empty if it did not. */
  public String problem() {
    return problem;
  }

  /** As {@link #commit}, for what may come late: a failure is only logged. */
  public void save() {
    try {
      commit();
    } catch (StateException e) {
      LOG.debug("tried again later: {}", e.getMessage());
    }
  }

  /** Registers whether it can be written, and tries again now and then while it cannot. */
  public void register(Metrics metrics, Timeline timeline) {
    timeline.every(
        AGAIN,
        AGAIN,
        () -> {
          if (!problem.isEmpty()) {
            save();
          }
        });
    Gauge.builder("dglb.state.problem", this, it -> it.problem.isEmpty() ? 0 : 1)
        .description("1 if what changes cannot be written to disk; it is kept in memory.")
        .register(metrics.registry());
  }

  /** Commits, if it can, and closes. */
  @Override
  public synchronized void close() {
    if (store.isClosed() && !broken) {
      return;
    }
    try {
      commit();
    } catch (StateException e) {
      LOG.error("{}; what changed last is lost", e.getMessage());
    }
    store.close();
  }

  /** Reads everything once: damage must show now, not when the node needs the value. */
  private static MVStore openChecked(Path file) {
    MVStore opened = openFile(file);
    try {
      for (String name : opened.getMapNames()) {
        openMap(opened, name).forEach((key, value) -> {});
      }
      return opened;
    } catch (MVStoreException e) {
      opened.closeImmediately();
      throw e;
    }
  }

  private static MVMap<String, byte[]> openMap(MVStore opened, String name) {
    return opened.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private static MVStore openFile(Path file) {
    try {
      OwnerOnly.file(file);
    } catch (IOException e) {
      throw new StateException(file + ": cannot be made: " + e, e);
    }
    MVStore opened = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
    // Space is used again at once: every commit is on disk before the next one begins, and the
    // store keeps the last versions anyway. By default it would wait 45 s and grow meanwhile.
    opened.setRetentionTime(0);
    return opened;
  }

  private static MVStore startAgain(Path file, MVStoreException damage, InstantSource clock) {
    Path aside =
        file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(clock.instant()));
    try {
      Files.move(file, aside);
    } catch (IOException e) {
      throw new StateException(file + ": damaged, and cannot be set aside: " + e, e);
    }
    LOG.error(
        "{}: damaged ({}); set aside as {} and started empty: restore a copy, or let the node learn"
            + " its state again from the network",
        file,
        damage.getMessage(),
        aside);
    return openFile(file);
  }

  private static boolean isDamage(MVStoreException e) {
    return switch (e.getErrorCode()) {
      // Reading beyond the end of a file that was cut short; a disk that fails has a cause.
      case DataUtils.ERROR_READING_FAILED -> e.getCause() instanceof EOFException;
      case DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_UNSUPPORTED_FORMAT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_INTERNAL ->
          true;
      default -> false;
    };
  }

  private static StateException failure(Path file, MVStoreException e) {
    String why =
        e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
            ? "open in another process (expected: one node per state folder)"
            : "cannot be used: " + why(e);
    return new StateException(file + ": " + why, e);
  }

  /** The system's own words, which the library hides behind its own. */
  private static String why(MVStoreException e) {
    return e.getCause() instanceof IOException system && system.getMessage() != null
        ? system.getMessage()
        : String.valueOf(e.getMessage());
  }
}
