package net.dglb.backbone.registry.log;

import java.io.IOException;
import java.util.Collection;
import org.apache.ratis.grpc.server.GrpcServerProtocolClient;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpcWithProxy;

/**
 * Has a node try again soon to reach voters that could not be reached. By itself gRPC waits longer
 * after each failure, up to two minutes, and Ratis 3.2.0 ends that wait for the messages of a
 * leader only: a candidate whose vote is needed would ask nobody for so long, although all are
 * back.
 */
final class Reconnecting {

  private Reconnecting() {}

  /** Ends the wait for every voter that cannot be reached; called about once a second. */
  static void now(RaftServer server, Collection<RaftPeer> voters) throws IOException {
    if (server.getServerRpc() instanceof RaftServerRpcWithProxy<?, ?> rpc) {
      for (RaftPeer voter : voters) {
        if (!voter.getId().equals(server.getId())
            && rpc.getProxies().getProxy(voter.getId()) instanceof GrpcServerProtocolClient way) {
          way.resetConnectBackoff();
        }
      }
    }
  }
}
