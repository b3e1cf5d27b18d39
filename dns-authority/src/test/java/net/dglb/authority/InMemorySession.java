package net.dglb.authority;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;

/** A session with a backbone node whose other end is the test: it keeps what was sent. */
final class InMemorySession implements Session {

  private final PeerIdentity peer;
  private final List<Frame> sent = new ArrayList<>();

  InMemorySession(String node) {
    peer = new PeerIdentity(NodeRole.BACKBONE, node);
  }

  /** Everything that was sent so far, oldest first. */
  List<Frame> sent() {
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
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8853);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
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
