package net.dglb.node;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.dglb.identity.NodeRole;

/** A node that notes what is done to it and reacts as a test wants. */
class FakeNode implements Node {

  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  volatile boolean ready = true;
  private final Readiness readiness =
      new Readiness(InstantSource.fixed(Instant.parse("2026-06-01T12:30:00Z")));
  volatile boolean broken;
  Runnable onStart = () -> {};
  Runnable onReload = () -> {};
  Runnable onReadyAsked = () -> {};
  Runnable onClose = () -> {};
  Duration stopWithin = Duration.ofSeconds(60);

  @Override
  public void start() throws IOException {
    calls.add("start");
    if (broken) {
      throw new IOException("127.0.0.1:53: address already in use");
    }
    onStart.run();
  }

  @Override
  public void reload() {
    calls.add("reload");
    onReload.run();
  }

  @Override
  public void close() {
    onClose.run();
    calls.add("close");
  }

  @Override
  public Duration stopWithin() {
    return stopWithin;
  }

  @Override
  public NodeStatus status() {
    return NodeStatus.of(NodeRole.LOAD_BALANCER, "lb-1", ready)
        .with("sessions", List.of(Map.of("peer", "b-1", "open", true)));
  }

  @Override
  public Readiness readiness() {
    onReadyAsked.run();
    if (ready) {
      readiness.running();
    } else {
      readiness.unmet("running", "the node is starting", "wait");
    }
    return readiness;
  }
}
