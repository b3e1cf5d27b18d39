package net.dglb.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * The end of a connection whose peer is not waited for (ABORT of RFC 9293 section 3.10.5): what is
 * queued is dropped, and neither this process nor the system keeps anything of it. What Vert.x
 * calls to close writes the queue first, so that a peer who never reads keeps his connection for
 * ever; that is for peers who read. From any thread; a connection that has ended is left alone.
 */
public final class ConnectionAbort {

  private ConnectionAbort() {}

  /** Ends a connection. */
  public static void of(NetSocket socket) {
    abort(((NetSocketInternal) socket).channelHandlerContext().channel());
  }

  /**
   * Ends a connection of callers, with all calls on it.
   *
   * @param connection one of a server
   */
  public static void of(HttpConnection connection) {
    abort(((HttpServerConnection) connection).channelHandlerContext().channel());
  }

  private static void abort(Channel channel) {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException _) {
      // the other side was faster
    }
    // The first of them stands next to the system: TLS behind it would wait for the peer as well.
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first != null) {
      var _ = first.close();
    }
  }
}
