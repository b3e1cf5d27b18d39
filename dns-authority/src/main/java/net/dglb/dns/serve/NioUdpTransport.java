package net.dglb.dns.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import net.dglb.dns.wire.Transport;
import net.dglb.net.AddressFamily;
import net.dglb.net.Endpoint;

/** UDP through a blocking {@link DatagramChannel}: one message per system call, on any platform. */
final class NioUdpTransport implements UdpTransport {

  /** Longer queries are cut by the system and then malformed; real ones stay far below. */
  private static final int BUFFER_OCTETS = 8192;

  private static final int RECEIVE_BUFFER_OCTETS = 1 << 20;

  private final DatagramChannel channel;
  private final ByteBuffer packet = ByteBuffer.allocateDirect(BUFFER_OCTETS);
  private final int port;

  private NioUdpTransport(DatagramChannel channel) throws IOException {
    this.channel = channel;
    this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /**
   * Binds a socket.
   *
   * @param shared whether other sockets of this server take the same address (SO_REUSEPORT)
   */
  static NioUdpTransport bind(Endpoint endpoint, boolean shared) throws IOException {
    boolean four = AddressFamily.of(endpoint.address()) == AddressFamily.IPV4;
    DatagramChannel channel =
        DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      if (shared) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_OCTETS);
      channel.bind(endpoint.toSocketAddress());
      return new NioUdpTransport(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void share() throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  @Override
  public void serve(QueryProcessor processor, WorkerCounters counters) {
    while (channel.isOpen()) {
      try {
        answerOne(processor);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) { // one receiver that cannot be reached must not end the loop
        counters.count(WorkerCounters.SEND_ERRORS);
      }
    }
  }

  private void answerOne(QueryProcessor processor) throws IOException {
    packet.clear();
    SocketAddress sender = channel.receive(packet);
    if (!(sender instanceof InetSocketAddress source)) {
      return;
    }
    int received = packet.position();
    packet.clear();
    processor.tick();
    processor.source().set(source.getAddress());
    int length = processor.process(packet, received, Transport.UDP);
    if (length == QueryProcessor.BEYOND_QUERIES) {
      length =
          processor.handOn(
              packet,
              received,
              new DatagramReplies(message -> channel.send(ByteBuffer.wrap(message), sender)));
    }
    if (length > 0) {
      channel.send(packet.limit(length), sender);
    }
  }

  @Override
  public void stop() throws IOException {
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
