package net.dglb.mapping.convert;

import java.util.List;
import java.util.Optional;
import net.dglb.mapping.wire.BackboneNode;
import net.dglb.mapping.wire.BackboneNodes;
import net.dglb.mapping.wire.EndpointAddress;
import net.dglb.mapping.wire.Neighbour;
import net.dglb.mapping.wire.Neighbours;
import net.dglb.net.Location;

/** Lists of nodes to connect to. */
public final class WireNodes {

  /** The most nodes of one list. */
  public static final int MAX_NODES = 256;

  private WireNodes() {}

  /** The backbone nodes as a message; their locations are not told. */
  public static BackboneNodes backboneNodes(List<NodeEndpoints> nodes) {
    BackboneNodes.Builder message = BackboneNodes.newBuilder();
    for (NodeEndpoints node : nodes) {
      message.addNodes(BackboneNode.newBuilder().setId(node.id()).addAllMapping(endpoints(node)));
    }
    return message.build();
  }

  /** A load balancer's neighbours as a message. */
  public static Neighbours neighbours(List<NodeEndpoints> nodes) {
    Neighbours.Builder message = Neighbours.newBuilder();
    for (NodeEndpoints node : nodes) {
      Neighbour.Builder neighbour =
          Neighbour.newBuilder().setId(node.id()).addAllMapping(endpoints(node));
      node.location().map(WireAddresses::toWire).ifPresent(neighbour::setLocation);
      message.addNeighbours(neighbour);
    }
    return message.build();
  }

  /** Reads the list of backbone nodes. */
  public static List<NodeEndpoints> fromWire(BackboneNodes message)
      throws MalformedMessageException {
    return Reading.all(
        "nodes",
        message.getNodesList(),
        MAX_NODES,
        node -> node(node.getId(), node.getMappingList(), Optional.empty()));
  }

  /** Reads the list of neighbours. */
  public static List<NodeEndpoints> fromWire(Neighbours message) throws MalformedMessageException {
    return Reading.all(
        "neighbours",
        message.getNeighboursList(),
        MAX_NODES,
        node ->
            node(
                node.getId(),
                node.getMappingList(),
                node.hasLocation()
                    ? Optional.of(WireAddresses.fromWire(node.getLocation()))
                    : Optional.empty()));
  }

  private static NodeEndpoints node(
      String id, List<EndpointAddress> mapping, Optional<Location> location)
      throws MalformedMessageException {
    return new NodeEndpoints(
        id,
        Reading.all("mapping", mapping, Announcement.MAX_ADDRESSES, WireAddresses::fromWire),
        location);
  }

  private static List<EndpointAddress> endpoints(NodeEndpoints node) {
    return node.mapping().stream().map(WireAddresses::toWire).toList();
  }
}
