package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dglb.net.DomainName;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Over real sockets: one transport that works says nothing of the other. */
class NonceProbeTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final DomainName NAME = DomainName.of("0123._dglb.dglb.test");
  private static final String NONCE = "0123456789abcdef";
  private static final Optional<String> RIGHT = Optional.of(NONCE);

  /** Nobody answers there, and the system may or may not say so. */
  private static final Optional<String> DEAD = Optional.empty();

  private final ControlThread control = new ControlThread("control-test");
  private final NonceProbe probe = new NonceProbe(control, Duration.ofSeconds(20));

  @AfterEach
  void close() {
    probe.close();
    control.close();
  }

  @Test
  void aServerThatAnswersBothWaysHasNoProblem() throws Exception {
    try (NameServer server = new NameServer(RIGHT, RIGHT)) {
      assertThat(ask(server, false)).isEmpty();
      assertThat(ask(server, true)).isEmpty();
    }
  }

  @Test
  void udpAnswersAndTcpIsDead() throws Exception {
    try (NameServer server = new NameServer(RIGHT, DEAD)) {
      assertThat(ask(server, false)).isEmpty();
      assertThat(ask(server, true).orElseThrow())
          .startsWith("127.0.0.1:" + server.port() + " over TCP: no answer: ");
    }
  }

  @Test
  void udpAnswersAndTcpTakesConnectionsButSaysNothing() throws Exception {
    try (NameServer server = new NameServer(RIGHT, DEAD);
        ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress(LOOPBACK, server.port()));
      assertThat(ask(server, false)).isEmpty();
      probe.timeout(Duration.ofMillis(200));
      assertThat(ask(server, true).orElseThrow()).contains(" over TCP: no answer: ");
    }
  }

  @Test
  void tcpAnswersAndUdpIsDead() throws Exception {
    try (NameServer server = new NameServer(DEAD, RIGHT)) {
      assertThat(ask(server, true)).isEmpty();
      probe.timeout(Duration.ofMillis(200));
      assertThat(ask(server, false).orElseThrow())
          .startsWith("127.0.0.1:" + server.port() + " over UDP: no answer: ");
    }
  }

  /** Whoever answers everything, or an earlier question, does not know what was told. */
  @Test
  void anotherTextIsNoAnswer() throws Exception {
    String expected = "answered without the text (expected " + NONCE + " at " + NAME + ")";
    try (NameServer server = new NameServer(Optional.of("another"), RIGHT)) {
      assertThat(ask(server, false).orElseThrow()).endsWith(" over UDP: " + expected);
      assertThat(ask(server, true)).isEmpty();
    }
    try (NameServer server = new NameServer(RIGHT, Optional.of("another"))) {
      assertThat(ask(server, false)).isEmpty();
      assertThat(ask(server, true).orElseThrow()).endsWith(" over TCP: " + expected);
    }
  }

  private Optional<String> ask(NameServer server, boolean tcp) throws Exception {
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    probe.ask(LOOPBACK, server.port(), tcp, NAME, NONCE, result::complete);
    return result.get(100, TimeUnit.SECONDS);
  }

  /** Answers every question with a text, over each transport with its own or not at all. */
  private static final class NameServer implements Closeable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final int port;

    NameServer(Optional<String> overUdp, Optional<String> overTcp) throws IOException {
      ServerSocket stream = new ServerSocket();
      DatagramSocket datagrams = new DatagramSocket(null);
      while (true) {
        stream.bind(new InetSocketAddress(LOOPBACK, 0));
        try {
          datagrams.bind(new InetSocketAddress(LOOPBACK, stream.getLocalPort()));
          break;
        } catch (BindException e) {
          stream.close();
          stream = new ServerSocket();
        }
      }
      port = stream.getLocalPort();
      tcp = stream;
      udp = datagrams;
      overUdp.ifPresentOrElse(
          text -> Thread.startVirtualThread(() -> datagrams(text)), datagrams::close);
      if (overTcp.isPresent()) {
        Thread.startVirtualThread(() -> connections(overTcp.get()));
      } else {
        tcp.close();
      }
    }

    int port() {
      return port;
    }

    private void datagrams(String text) {
      byte[] buffer = new byte[512];
      while (!udp.isClosed()) {
        try {
          DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
          udp.receive(packet);
          byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()), text);
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (SocketException e) {
          return; // closed
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }

    private void connections(String text) {
      while (!tcp.isClosed()) {
        try {
          Socket connection = tcp.accept();
          Thread.startVirtualThread(() -> answerAll(connection, text));
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private static void answerAll(Socket connection, String text) {
      try (connection;
          DataInputStream in = new DataInputStream(connection.getInputStream());
          DataOutputStream out = new DataOutputStream(connection.getOutputStream())) {
        while (true) {
          byte[] query = new byte[in.readUnsignedShort()];
          in.readFully(query);
          byte[] answer = answer(query, text);
          out.writeShort(answer.length);
          out.write(answer);
          out.flush();
        }
      } catch (IOException _) {
        // the other side has closed
      }
    }

    private static byte[] answer(byte[] wire, String text) throws IOException {
      Message query = new Message(wire);
      Message answer = new Message(query.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setFlag(Flags.AA);
      Record question = query.getQuestion();
      answer.addRecord(question, Section.QUESTION);
      answer.addRecord(new TXTRecord(question.getName(), DClass.IN, 0, text), Section.ANSWER);
      return answer.toWire();
    }

    @Override
    public void close() throws IOException {
      udp.close();
      tcp.close();
    }
  }
}
