package net.dglb.dns.serve;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Tells that a peer sends no more by a buffer without octets behind all that it sent, where Vert.x
 * itself would close the connection and drop what the peer still waits for. TCP and TLS 1.3 close
 * each direction on its own; for how TLS does so see RFC 8446 section 6.1.
 */
final class EndOfInput extends ChannelInboundHandlerAdapter {

  /** Makes a connection, of which nothing was read yet, tell it. */
  static void tell(NetSocket socket) {
    ChannelHandlerContext vertx = ((NetSocketInternal) socket).channelHandlerContext();
    vertx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    vertx.pipeline().addBefore(vertx.name(), "end-of-input", new EndOfInput());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean ended =
        event instanceof ChannelInputShutdownEvent
            || (event instanceof SslCloseCompletionEvent closed && closed.isSuccess());
    if (ended) {
      context.fireChannelRead(Unpooled.EMPTY_BUFFER);
    }
    context.fireUserEventTriggered(event);
  }
}
