package net.dglb.dns.serve;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.identity.HandshakeFailure;

/**
 * Makes accepted connections ones with TLS (RFC 7858). Vert.x itself tells of a connection only
 * after its handshake, and does not select a protocol (ALPN) where it upgrades one afterwards:
 * whoever never ends a handshake would count nowhere.
 */
final class DnsOverTls {

  /** The lowest version of TLS that zones are sent over (RFC 9103 section 7.2). */
  static final String VERSION_OF_TRANSFERS = "TLSv1.3";

  /** What a secondary insists on before it takes a zone (ALPN; RFC 9103 section 7.1). */
  private static final String PROTOCOL = "dot";

  private final SslContext context;

  /**
   * Prepares for handshakes.
   *
   * @param keys what the server shows
   */
  DnsOverTls(X509ExtendedKeyManager keys) {
    try {
      context =
          SslContextBuilder.forServer(keys)
              .sslProvider(SslProvider.JDK)
              .protocols(VERSION_OF_TRANSFERS, "TLSv1.2")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      ApplicationProtocolConfig.Protocol.ALPN,
                      ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                      ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                      PROTOCOL))
              .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("TLS: " + e.getMessage(), e);
    }
  }

  /**
   * Begins the handshake of a connection of which nothing was read yet.
   *
   * @param timeout after which it is given up
   * @param refused is told on the connection's event loop why it came to no session
   */
  void begin(NetSocket socket, Duration timeout, Consumer<HandshakeFailure> refused) {
    ChannelPipeline pipeline =
        ((NetSocketInternal) socket).channelHandlerContext().channel().pipeline();
    SslHandler handler = context.newHandler(pipeline.channel().alloc());
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    handler
        .handshakeFuture()
        .addListener(done -> {
          if (done.isSuccess()) {
            allowNoOtherHandshake(handler.engine());
          } else {
            refused.accept(HandshakeFailure.of(done.cause()));
          }
        });
    pipeline.addFirst("ssl", handler);
  }

  /**
   * Up to TLS 1.2 a client may begin handshakes on a connection that it has, each of which costs
   * the server a signature (RFC 9325 section 3.5).
   */
  private static void allowNoOtherHandshake(SSLEngine engine) {
    if (!engine.getSession().getProtocol().equals(VERSION_OF_TRANSFERS)) {
      engine.setEnableSessionCreation(false);
    }
  }

  /** Whether a zone may be sent over a connection. */
  static boolean carriesZones(NetSocket socket) {
    return socket.sslSession().getProtocol().equals(VERSION_OF_TRANSFERS);
  }
}
