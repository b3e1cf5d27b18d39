package net.dglb.node;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node as a process. TERM and INT stop it in order, within the node's {@link
 * Node#stopWithin}, also while it is opened or starts: then once that is done. A second one cuts
 * that short. HUP reloads. Logs the line {@code ready} once the node is ready.
 */
public final class NodeRunner {

  /** The node stopped in order. */
  public static final int EXIT_OK = 0;

  /** The node could not start, or did not stop in time. */
  public static final int EXIT_FAILED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);
  private static final Duration READY_CHECK = Duration.ofMillis(100);

  private enum Wish {
    STARTED,
    FAILED,
    RELOAD,
    STOP,
    CLOSED
  }

  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();

  NodeRunner(Signals signals) {
    signals.on("TERM", () -> wishes.add(Wish.STOP));
    signals.on("INT", () -> wishes.add(Wish.STOP));
    signals.on("HUP", () -> wishes.add(Wish.RELOAD));
  }

  /** Listens to the process's signals from now on; the node may be opened then. */
  public static NodeRunner listening() {
    return new NodeRunner(new ProcessSignals());
  }

  /** Runs the node until a signal stops it. Returns the exit code for the process. */
  public int run(Node node) throws InterruptedException {
    if (wishes.remove(Wish.STOP)) {
      return stop(node);
    }
    Thread.ofPlatform()
        .daemon()
        .name("start")
        .start(() -> wishes.add(start(node) ? Wish.STARTED : Wish.FAILED));
    return awaitStart(node);
  }

  private int awaitStart(Node node) throws InterruptedException {
    boolean reload = false;
    OptionalLong deadline = OptionalLong.empty();
    while (true) {
      Wish wish =
          deadline.isEmpty()
              ? wishes.take()
              : wishes.poll(deadline.getAsLong() - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (wish == Wish.RELOAD) {
        reload = true;
      } else if (wish == Wish.FAILED) {
        node.close();
        return EXIT_FAILED;
      } else if (wish == Wish.STARTED) {
        return deadline.isPresent() ? stop(node) : serve(node, reload);
      } else if (wish == Wish.STOP && deadline.isEmpty()) {
        Duration within = node.stopWithin();
        LOG.info(
            "stopping once it has started (within {} s; a second signal stops at once)",
            within.toSeconds());
        deadline = OptionalLong.of(System.nanoTime() + within.toNanos());
      } else {
        return giveUp(wish);
      }
    }
  }

  private static int giveUp(@Nullable Wish wish) {
    LOG.error("{}", wish == null ? "not stopped in time; giving up" : "stopped at once");
    return EXIT_FAILED;
  }

  private int serve(Node node, boolean reload) throws InterruptedException {
    if (reload) {
      wishes.add(Wish.RELOAD);
    }
    boolean announced = false;
    while (true) {
      if (!announced && node.ready()) {
        announced = true;
        LOG.info("ready");
      }
      Wish wish =
          announced ? wishes.take() : wishes.poll(READY_CHECK.toMillis(), TimeUnit.MILLISECONDS);
      if (wish == Wish.RELOAD) {
        LOG.info("reload asked for");
        node.reload();
      } else if (wish == Wish.STOP) {
        return stop(node);
      }
    }
  }

  private static boolean start(Node node) {
    try {
      node.start();
      return true;
    } catch (Exception e) {
      LOG.error("cannot start: {}", why(e));
      LOG.debug("cannot start", e);
      return false;
    }
  }

  /** A failure of another thread arrives wrapped. */
  private static String why(Exception failure) {
    Throwable cause = failure;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private int stop(Node node) throws InterruptedException {
    Duration within = node.stopWithin();
    LOG.info("stopping (within {} s; a second signal stops at once)", within.toSeconds());
    Thread.ofPlatform().daemon().name("stop").start(() -> close(node));
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Wish wish = wishes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (wish == Wish.CLOSED) {
        LOG.info("stopped");
        return EXIT_OK;
      }
      if (wish != Wish.RELOAD) {
        return giveUp(wish);
      }
    }
  }

  private void close(Node node) {
    try {
      node.close();
    } catch (RuntimeException e) {
      LOG.error("stopping failed", e);
    } finally {
      wishes.add(Wish.CLOSED);
    }
  }
}
