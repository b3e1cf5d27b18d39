package net.dglb.lab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One node of the lab as a process: it can be started, stopped in order, and killed. Thread-safe.
 */
public final class NodeProcess {

  private static final int TAIL_LINES = 15;

  private final String id;
  private final Path log;
  private final Starter starter;
  private final BiConsumer<String, Integer> surprise;
  private @Nullable Process process;
  private boolean wanted;

  /** Makes the process. */
  @FunctionalInterface
  interface Starter {
    Process start() throws IOException;
  }

  /**
   * A node that does not run yet.
   *
   * @param surprise is told the id and the exit code of a process that ended by itself
   */
  NodeProcess(String id, Path log, Starter starter, BiConsumer<String, Integer> surprise) {
    this.id = id;
    this.log = log;
    this.starter = starter;
    this.surprise = surprise;
  }

  /** Starts it; does nothing if it runs. */
  synchronized void start() throws IOException {
    if (running()) {
      return;
    }
    wanted = true;
    Process started = starter.start();
    process = started;
    watch(started);
  }

  /** Ends it at once, as a crash does. Returns when it is gone. */
  void kill() throws InterruptedException {
    Process running = unwanted();
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  /** Asks it to stop in order; returns whether it has gone within the time. */
  boolean stop(Duration within) throws InterruptedException {
    Process running = unwanted();
    if (running == null) {
      return true;
    }
    running.toHandle().destroy(); // Process.destroy would cut the tether too, which kills at once.
    return running.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for the given time, or until it has ended; returns whether it has. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    Process running = current();
    return running == null || running.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the process lives. */
  public synchronized boolean running() {
    return process != null && process.isAlive();
  }

  /** Whether the process lives although it was asked to stop. */
  synchronized boolean leaving() {
    return running() && !wanted;
  }

  /** The process id while it lives. */
  public synchronized Optional<Long> pid() {
    return process != null && process.isAlive() ? Optional.of(process.pid()) : Optional.empty();
  }

  /** The node's id. */
  public String id() {
    return id;
  }

  /** Where its output goes. */
  public Path log() {
    return log;
  }

  /** The last lines that it printed. */
  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }

  private synchronized @Nullable Process current() {
    return process;
  }

  private synchronized @Nullable Process unwanted() {
    wanted = false;
    return process;
  }

  private void watch(Process started) {
    Thread.ofVirtual()
        .name("watch-" + id)
        .start(() -> {
          int code = started.onExit().join().exitValue();
          if (isWanted(started.pid())) {
            surprise.accept(id, code);
          }
        });
  }

  private synchronized boolean isWanted(long pid) {
    return wanted && process != null && process.pid() == pid;
  }
}
