package net.dglb.backbone.registry.log;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/** Requests to the other voters, wherever they are now. Thread-safe. */
final class OtherVoters implements Closeable {

  private final ClientId client;
  private final Parameters parameters;
  private final RaftProperties properties;
  private List<RaftPeer> known = List.of();
  private @Nullable RaftClientRpc rpc;
  private boolean closed;

  OtherVoters(ClientId client, Parameters parameters, RaftProperties properties) {
    this.client = client;
    this.parameters = parameters;
    this.properties = properties;
  }

  /** Sends a command to the leader. */
  CompletableFuture<RaftClientReply> send(
      RaftClientRequest request, RaftPeerId leader, Collection<RaftPeer> voters)
      throws IOException {
    RaftClientRpc open = rpc(voters);
    return open.sendRequestAsyncUnordered(request)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            open.handleException(leader, failure, true);
          }
        });
  }

  /**
   * Sends a change of who votes or leads to the leader; blocks until it is done.
   *
   * @param longest after which the reply is taken for lost
   */
  RaftClientReply change(RaftClientRequest request, Collection<RaftPeer> voters, Duration longest)
      throws IOException {
    RaftProperties patient = new RaftProperties(properties);
    RaftClientConfigKeys.Rpc.setRequestTimeout(
        patient, TimeDuration.valueOf(longest.toMillis(), TimeUnit.MILLISECONDS));
    try (RaftClientRpc once = new GrpcFactory(parameters).newRaftClientRpc(client, patient)) {
      once.addRaftPeers(voters);
      return once.sendRequest(request);
    }
  }

  /** One that knows just these voters: an address that changed must not be used any more. */
  private synchronized RaftClientRpc rpc(Collection<RaftPeer> voters) throws IOException {
    if (closed) {
      throw new IOException("the log is closed");
    }
    RaftClientRpc open = rpc;
    List<RaftPeer> now = List.copyOf(voters);
    if (open == null || !sameAddresses(now)) {
      if (open != null) {
        open.close();
      }
      open = new GrpcFactory(parameters).newRaftClientRpc(client, properties);
      open.addRaftPeers(now);
      rpc = open;
      known = now;
    }
    return open;
  }

  private boolean sameAddresses(List<RaftPeer> now) {
    return now.stream()
        .allMatch(peer ->
            known.stream()
                .anyMatch(had ->
                    had.getId().equals(peer.getId())
                        && had.getAddress().equals(peer.getAddress())));
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (rpc != null) {
      rpc.close();
    }
  }
}
