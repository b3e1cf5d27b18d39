package net.dglb.node;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node as a process. TERM and INT stop it in order, within the node's {@link
 * Node#stopWithin}; a second one cuts that short. HUP reloads. Logs the line {@code ready} once the
 * node is ready.
 */
public final class NodeRunner {

  /** The node stopped in order. */
  public static final int EXIT_OK = 0;

  /** The node could not start, or did not stop in time. */
  public static final int EXIT_FAILED = 1;

  private static final Logger LOG = LoggerFactory.getLogger(NodeRunner.class);
  private static final Duration READY_CHECK = Duration.ofMillis(100);

  private enum Wish {
    RELOAD,
    STOP,
    CLOSED
  }

  private final BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final Node node;

  private NodeRunner(Node node) {
    this.node = node;
  }

  /** Runs the node until a signal stops it. Returns the exit code for the process. */
  public static int run(Node node) throws InterruptedException {
    return run(node, new ProcessSignals());
  }

  static int run(Node node, Signals signals) throws InterruptedException {
    NodeRunner runner = new NodeRunner(node);
    signals.on("TERM", () -> runner.wishes.add(Wish.STOP));
    signals.on("INT", () -> runner.wishes.add(Wish.STOP));
    signals.on("HUP", () -> runner.wishes.add(Wish.RELOAD));
    return runner.run();
  }

  private int run() throws InterruptedException {
    if (!start()) {
      node.close();
      return EXIT_FAILED;
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
        return stop();
      }
    }
  }

  private boolean start() {
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

  private int stop() throws InterruptedException {
    Duration within = node.stopWithin();
    LOG.info("stopping (within {} s; a second signal stops at once)", within.toSeconds());
    Thread.ofPlatform().daemon().name("stop").start(this::closeNode);
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      Wish wish = wishes.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (wish == Wish.CLOSED) {
        LOG.info("stopped");
        return EXIT_OK;
      }
      if (wish != Wish.RELOAD) {
        LOG.error("{}", wish == null ? "not stopped in time; giving up" : "stopped at once");
        return EXIT_FAILED;
      }
    }
  }

  private void closeNode() {
    try {
      node.close();
    } catch (RuntimeException e) {
      LOG.error("stopping failed", e);
    } finally {
      wishes.add(Wish.CLOSED);
    }
  }
}
