package net.dglb.lb.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Version;

/** A session whose other end is the test: it keeps what was sent. */
public final class InMemorySession implements Session {

  private final PeerIdentity peer;
  private final Version highest;
  private final List<Frame> sent = new ArrayList<>();
  private boolean open = true;

  /** A session with a backbone node that has nothing stored. */
  public static InMemorySession with(String node) {
    return new InMemorySession(node, 0, 0);
  }

  /** A session with a backbone node that has stored this version. */
  public InMemorySession(String node, long generation, long counter) {
    this(new PeerIdentity(NodeRole.BACKBONE, node), generation, counter);
  }

  InMemorySession(PeerIdentity peer, long generation, long counter) {
    this.peer = peer;
    this.highest = Version.newBuilder().setGeneration(generation).setCounter(counter).build();
  }

  /** Everything that was sent so far, oldest first. */
  public List<Frame> sent() {
    return List.copyOf(sent);
  }

  /** What was sent of one kind. */
  public List<Frame> sent(Predicate<Frame> which) {
    return sent.stream().filter(which).toList();
  }

  /** Forgets what was sent. */
  public void clear() {
    sent.clear();
  }

  @Override
  public PeerIdentity peer() {
    return peer;
  }

  @Override
  public Hello hello() {
    return Hello.newBuilder().setId(peer.id()).setHighestVersion(highest).build();
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
    return open;
  }

  @Override
  public void send(Frame frame) {
    sent.add(frame);
  }

  @Override
  public void close(ErrorCode code, String text) {
    open = false;
  }

  @Override
  public void leave(String reason) {
    open = false;
  }
}
