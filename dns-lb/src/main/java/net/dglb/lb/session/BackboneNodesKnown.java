package net.dglb.lb.session;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.dglb.lb.state.SavedMessages;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.WireNodes;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.BackboneNodes;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which backbone nodes to keep sessions to: the configured ones and those that any of them told of.
 * A node that is not told of any more stays known, since a list may be short in a partition; the
 * number is bounded, the one told of longest ago goes first. Used on the control thread only.
 */
public final class BackboneNodesKnown implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneNodesKnown.class);
  private static final String KEY = "learned";
  static final int MAX_LEARNED = 64;

  private final Consumer<Set<Peer>> onChange;
  private final Map<String, NodeEndpoints> learned = new LinkedHashMap<>();
  private List<Endpoint> configured = List.of();

  /**
   * Knows nobody yet.
   *
   * @param onChange is told whom to keep sessions to
   */
  public BackboneNodesKnown(Consumer<Set<Peer>> onChange) {
    this.onChange = onChange;
  }

  /** Takes the configured nodes and tells of the change. */
  public void configure(List<Endpoint> nodes) {
    configured = List.copyOf(nodes);
    onChange.accept(peers());
  }

  /** Whom to keep sessions to. */
  public Set<Peer> peers() {
    Set<Peer> peers = new HashSet<>();
    configured.forEach(endpoint -> peers.add(Peer.at(endpoint)));
    learned.values().forEach(node -> peers.add(Peer.of(node.id(), node.mapping())));
    return peers;
  }

  /** The ids of those that some node told of. */
  public Set<String> ids() {
    return Set.copyOf(learned.keySet());
  }

  /** Takes back what was kept; to be called before {@link #configure}. */
  public void restore(SavedMessages<BackboneNodes> saved) {
    for (BackboneNodes nodes : saved.load().values()) {
      try {
        WireNodes.fromWire(nodes).forEach(this::learn);
      } catch (MalformedMessageException e) {
        LOG.warn("the saved backbone nodes are left out: {}", e.getMessage());
      }
    }
  }

  /** Writes what is known. */
  public void save(SavedMessages<BackboneNodes> saved) {
    saved.save(Map.of(KEY, WireNodes.backboneNodes(List.copyOf(learned.values()))));
  }

  @Override
  public void opened(Session session) {}

  @Override
  public void closed(Session session, String why) {}

  @Override
  public void received(Session session, Frame frame) {
    if (!frame.hasBackboneNodes()) {
      return;
    }
    Set<Peer> before = peers();
    try {
      WireNodes.fromWire(frame.getBackboneNodes()).forEach(this::learn);
    } catch (MalformedMessageException e) {
      session.refuse(frame, e);
    }
    if (!peers().equals(before)) {
      onChange.accept(peers());
    }
  }

  private void learn(NodeEndpoints node) {
    learned.remove(node.id());
    learned.put(node.id(), node);
    while (learned.size() > MAX_LEARNED) {
      learned.remove(learned.keySet().iterator().next());
    }
  }
}
