package net.dglb.mapping.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import net.dglb.identity.NodeIdentity;
import net.dglb.net.AddressFamily;
import net.dglb.net.Endpoint;

/** Makes connections, each from the local address that fits the family of the other end. */
final class Outbound {

  private final NetClient ipv4;
  private final NetClient ipv6;

  Outbound(Vertx vertx, NodeIdentity identity, ClientSettings settings) {
    ipv4 = client(vertx, identity, settings, AddressFamily.IPV4);
    ipv6 = client(vertx, identity, settings, AddressFamily.IPV6);
  }

  private static NetClient client(
      Vertx vertx, NodeIdentity identity, ClientSettings settings, AddressFamily family) {
    NetClientOptions options = Tls.client(identity, settings.session());
    settings.from().stream()
        .filter(address -> AddressFamily.of(address) == family)
        .findFirst()
        .map(InetAddress::getHostAddress)
        .ifPresent(options::setLocalAddress);
    return vertx.createNetClient(options);
  }

  /** Connects and does the TLS handshake. */
  Future<NetSocket> connect(Endpoint endpoint) {
    NetClient client = AddressFamily.of(endpoint.address()) == AddressFamily.IPV4 ? ipv4 : ipv6;
    return client.connect(endpoint.port(), endpoint.address().getHostAddress());
  }

  /** Waits for open connections to end, for a moment, then cuts them. */
  Future<Void> close() {
    return Future.join(ipv4.shutdown(), ipv6.shutdown()).mapEmpty();
  }
}
