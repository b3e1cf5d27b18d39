package net.dglb.backbone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.NameServer;

/** A session whose other end is the test: it keeps what was sent. */
public final class InMemorySession implements Session {

  private final PeerIdentity peer;
  private final List<Frame> sent = new ArrayList<>();

  /** A session with a peer of this role. */
  public InMemorySession(NodeRole role, String id) {
    peer = new PeerIdentity(role, id);
  }

  /** The name servers of each delegation sent, with their addresses. */
  public List<String> delegations() {
    return sent.stream()
        .filter(Frame::hasDelegation)
        .map(frame ->
            String.join(
                ", ",
                frame.getDelegation().getNameServersList().stream()
                    .map(server -> server.getName() + " " + addresses(server))
                    .toList()))
        .toList();
  }

  /** The ids of each list of backbone nodes sent. */
  public List<String> backboneNodes() {
    return sent.stream()
        .filter(Frame::hasBackboneNodes)
        .map(frame ->
            String.join(
                ", ",
                frame.getBackboneNodes().getNodesList().stream()
                    .map(node -> node.getId())
                    .toList()))
        .toList();
  }

  private static String addresses(NameServer server) {
    return String.join(
        "/",
        server.getAddressesList().stream()
            .map(address -> {
              try {
                return WireAddresses.fromWire(address).getHostAddress();
              } catch (MalformedMessageException e) {
                throw new IllegalStateException(e);
              }
            })
            .toList());
  }

  /** Everything that was sent so far, oldest first. */
  public List<Frame> sent() {
    return List.copyOf(sent);
  }

  @Override
  public PeerIdentity peer() {
    return peer;
  }

  @Override
  public Hello hello() {
    return Hello.getDefaultInstance();
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8853);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(Frame frame) {
    sent.add(frame);
  }

  @Override
  public void close(ErrorCode code, String text) {}

  @Override
  public void leave(String reason) {}
}
