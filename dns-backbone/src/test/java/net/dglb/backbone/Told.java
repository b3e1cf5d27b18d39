package net.dglb.backbone;

import java.util.List;
import java.util.stream.Collectors;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.BackboneNode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.NameServer;

/** What a session was told of the backbone's nodes. */
final class Told {

  private Told() {}

  /** The name servers of each delegation sent, with their addresses. */
  static List<String> delegations(InMemorySession session) {
    return session.sent(Frame::hasDelegation).stream()
        .map(frame ->
            frame.getDelegation().getNameServersList().stream()
                .map(server -> server.getName() + " " + addresses(server))
                .collect(Collectors.joining(", ")))
        .toList();
  }

  /** The ids of each list of backbone nodes sent. */
  static List<String> backboneNodes(InMemorySession session) {
    return session.sent(Frame::hasBackboneNodes).stream()
        .map(frame ->
            frame.getBackboneNodes().getNodesList().stream()
                .map(BackboneNode::getId)
                .collect(Collectors.joining(", ")))
        .toList();
  }

  private static String addresses(NameServer server) {
    return server.getAddressesList().stream()
        .map(address -> {
          try {
            return WireAddresses.fromWire(address).getHostAddress();
          } catch (MalformedMessageException e) {
            throw new IllegalStateException(e);
          }
        })
        .collect(Collectors.joining("/"));
  }
}
