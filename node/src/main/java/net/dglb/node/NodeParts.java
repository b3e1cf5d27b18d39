package net.dglb.node;

import java.util.function.Function;

/** What every running node takes of the keys that all nodes have. */
public final class NodeParts {

  private NodeParts() {}

  /**
   * Adds these parts.
   *
   * @param node finds the keys of every node among the settings
   */
  public static <S> void add(
      LiveParts<S> live,
      Function<S, NodeSettings> node,
      WatchedIdentity identity,
      AdminServer admin) {
    live.lookedUp("node.operators", it -> node.apply(it).operators())
        .part("log.level", it -> node.apply(it).logLevel(), LogLevel::apply)
        .fallible("identity", it -> node.apply(it).identity(), identity::use)
        .fallible(
            "node.admin", it -> AdminSettings.of(node.apply(it), identity.current()), admin::use);
  }
}
