package net.dglb.mapping.session;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TCPSSLOptions;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;

/** What the protocol asks of TLS beyond trust: its own application protocol and a node's name. */
final class Tls {

  /** Offered by both sides, demanded by the client (RFC 7301). */
  static final List<String> APPLICATION_PROTOCOLS = List.of("dglb-mapping/1");

  /** How the JDK begins to tell of an alert of the other side. */
  private static final String ALERT = "Received fatal alert: ";

  private Tls() {}

  static NetServerOptions server(NodeIdentity identity, SessionSettings settings) {
    NetServerOptions options = identity.secure(new NetServerOptions());
    common(options, settings);
    options.getSslOptions().setApplicationLayerProtocols(APPLICATION_PROTOCOLS);
    return options;
  }

  static NetClientOptions client(NodeIdentity identity, SessionSettings settings) {
    NetClientOptions options =
        identity
            .secure(new NetClientOptions())
            .setApplicationLayerProtocols(APPLICATION_PROTOCOLS)
            .setConnectTimeout((int) settings.handshakeTimeout().toMillis());
    common(options, settings);
    return options;
  }

  private static void common(TCPSSLOptions options, SessionSettings settings) {
    options.setUseAlpn(true);
    options.setSslHandshakeTimeout(settings.handshakeTimeout().toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setTcpNoDelay(true);
  }

  /**
   * Who the other side is.
   *
   * @throws IdentityException if its certificate names no node
   */
  static PeerIdentity identify(NetSocket socket) throws IdentityException {
    return PeerIdentity.of(certificate(socket));
  }

  /**
   * Makes sure that a server chose this protocol. A server cannot check the same: Vert.x does not
   * tell it what was chosen, and it waits for a Hello anyway.
   *
   * @throws IdentityException if it chose none, so that it is no server of this protocol
   */
  static void requireProtocol(NetSocket socket) throws IdentityException {
    String chosen = socket.applicationLayerProtocol();
    if (chosen == null || !APPLICATION_PROTOCOLS.contains(chosen)) {
      throw new IdentityException(
          "application protocol: "
              + chosen
              + " (expected "
              + APPLICATION_PROTOCOLS.getFirst()
              + ")");
    }
  }

  /** Why there is no connection, or why one ended: of many causes the one that tells most. */
  static String why(Throwable failure) {
    String tls = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof SSLException) {
        tls = "TLS: " + withoutJargon(String.valueOf(cause.getMessage()));
      }
    }
    if (failure instanceof ClosedChannelException) {
      return "the connection ended before the handshake did";
    }
    return tls.isEmpty() ? String.valueOf(failure.getMessage()) : tls;
  }

  private static String withoutJargon(String message) {
    int at = message.indexOf(ALERT);
    if (at < 0) {
      return message;
    }
    String alert = message.substring(at + ALERT.length());
    return alert.contains("certificate") || alert.equals("unknown_ca")
        ? "the other side refuses this node's certificate (" + alert + "); its log says why"
        : "the other side ends the handshake (" + alert + ")";
  }

  /** Why a peer of this role is refused. */
  static String wrongRole(PeerIdentity peer, Set<NodeRole> wanted) {
    return peer
        + " does not belong here (expected a node of role "
        + String.join(" or ", wanted.stream().map(NodeRole::word).sorted().toList())
        + ")";
  }

  private static X509Certificate certificate(NetSocket socket) throws IdentityException {
    try {
      if (socket.peerCertificates().getFirst() instanceof X509Certificate certificate) {
        return certificate;
      }
      throw new IdentityException("the certificate is not an X.509 one");
    } catch (SSLPeerUnverifiedException e) {
      throw new IdentityException("no certificate", e);
    }
  }
}
