package net.dglb.dns.transfer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.dglb.net.AddressFamily;
import net.dglb.net.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Over sockets of its own, from the addresses that the server answers at. */
public final class UdpNotifyExchange implements NotifyExchange {

  private static final Logger LOG = LoggerFactory.getLogger(UdpNotifyExchange.class);
  private static final int PATIENCE_MILLIS = 3_000;
  private static final int MESSAGE_OCTETS = 4_096;

  private final Supplier<List<InetAddress>> sources;

  /**
   * Prepares.
   *
   * @param sources secondaries take a notification from a primary's own address only: the first of
   *     the right family is used, or what the system chooses if there is none; asked on any thread
   */
  public UdpNotifyExchange(Supplier<List<InetAddress>> sources) {
    this.sources = sources;
  }

  @Override
  public void ask(Endpoint to, byte[] message, Consumer<byte[]> answer) {
    var _ = Thread.ofVirtual().name("notify").start(() -> answer.accept(exchange(to, message)));
  }

  private byte[] exchange(Endpoint to, byte[] message) {
    try (DatagramSocket socket = new DatagramSocket(source(to))) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(to.toSocketAddress());
      socket.send(new DatagramPacket(message, message.length));
      DatagramPacket answer = new DatagramPacket(new byte[MESSAGE_OCTETS], MESSAGE_OCTETS);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    } catch (IOException e) {
      LOG.debug("no answer from {}: {}", to, e.toString());
      return new byte[0];
    }
  }

  private InetSocketAddress source(Endpoint to) {
    AddressFamily family = AddressFamily.of(to.address());
    return sources.get().stream()
        .filter(address -> AddressFamily.of(address) == family)
        .findFirst()
        .map(address -> new InetSocketAddress(address, 0))
        .orElseGet(() -> new InetSocketAddress(0));
  }
}
