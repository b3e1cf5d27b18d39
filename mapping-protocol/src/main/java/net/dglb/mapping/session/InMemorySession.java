package net.dglb.mapping.session;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Version;
import net.dglb.net.Endpoint;

/**
 * A session without a network, whose other end is whoever holds it, such as a test: keeps what was
 * sent, and the error by which it was closed as the last frame.
 */
public final class InMemorySession implements Session {

  private static final int NEAR_PORT = 40000;
  private static final int FAR_PORT = 8853;

  private final PeerIdentity peer;
  private final Version highest;
  private final List<Frame> sent = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;

  /** A session with a peer that has nothing stored. */
  public InMemorySession(NodeRole role, String id) {
    this(role, id, 0, 0);
  }

  /** A session with a peer that says that it has stored this version. */
  public InMemorySession(NodeRole role, String id, long generation, long counter) {
    this.peer = new PeerIdentity(role, id);
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
  public Endpoint remote() {
    return new Endpoint(InetAddress.getLoopbackAddress(), FAR_PORT);
  }

  @Override
  public Endpoint local() {
    return new Endpoint(InetAddress.getLoopbackAddress(), NEAR_PORT);
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
    Error last = Error.newBuilder().setCode(code).setText(text).setFatal(true).build();
    sent.add(Frame.newBuilder().setError(last).build());
    open = false;
  }

  @Override
  public void leave(String reason) {
    open = false;
  }
}
