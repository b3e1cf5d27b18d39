package net.dglb.node;

import java.time.Duration;

/**
 * A running part of the network. {@link NodeRunner} calls {@link #start}, {@link #reload} and
 * {@link #close} one at a time from a thread that may block; {@link #status} is called on the
 * node's control thread and {@link #readiness} on any thread.
 */
public interface Node extends AutoCloseable {

  /**
   * Starts to serve. Returns when everything listens or has failed.
   *
   * @throws Exception if the node cannot serve, with a message for people; the node is then closed
   */
  void start() throws Exception;

  /**
   * Takes changed configuration into use. A bad one leaves the old one running and is logged with
   * all its problems; this never throws.
   */
  void reload();

  /**
   * Leaves in order and stops; waits for it, bounded by the caller. Doing it again does nothing.
   */
  @Override
  void close();

  /** How long {@link #close} may take before the process gives up on an orderly stop. */
  default Duration stopWithin() {
    return Duration.ofSeconds(30);
  }

  /** What this node is doing now. Must not block. */
  NodeStatus status();

  /** What keeps it from doing its work, if anything does; always the same object. */
  Readiness readiness();

  /** Whether it can do its work. */
  default boolean ready() {
    return readiness().isReady();
  }
}
