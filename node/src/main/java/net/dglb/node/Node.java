package net.dglb.node;

/**
 * A running part of the network. Every method may be called from any thread; {@link NodeRunner}
 * calls them one at a time.
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

  /** What this node is doing now. */
  NodeStatus status();

  /** Whether it can do its work: zones loaded, peers known or saved state in use. */
  boolean ready();
}
