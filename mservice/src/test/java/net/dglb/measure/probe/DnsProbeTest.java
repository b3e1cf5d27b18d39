package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class DnsProbeTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private DatagramSocket server;
  private volatile Message asked = new Message();

  @BeforeEach
  void open() throws IOException {
    server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void answering(UnaryOperator<Message> answer) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            server.receive(packet);
            byte[] octets = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            asked = new Message(octets);
            Message noise = new Message(octets);
            noise.getHeader().setID((asked.getHeader().getID() + 1) & 0xffff);
            noise.getHeader().setFlag(Flags.QR);
            for (byte[] reply :
                List.of(new byte[] {1, 2}, noise.toWire(), answer.apply(asked).toWire())) {
              server.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
          } catch (IOException e) {
            // The test is over.
          }
        });
  }

  private static UnaryOperator<Message> rcode(int rcode) {
    return query -> {
      Message answer = query.clone();
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setRcode(rcode);
      return answer;
    };
  }

  private Measurement probe(int port, Duration timeout) {
    HealthCheck check =
        new HealthCheck(
                HealthCheck.Kind.DNS,
                port,
                "",
                "www.foobar.test",
                Duration.ofSeconds(30),
                timeout,
                2,
                3,
                List.of())
            .with(new Exchange("GET", List.of(), Optional.empty(), 0, false, "SOA"));
    return new DnsProbe(ProberSettings.DEFAULT, Clock.systemUTC())
        .probe(new ProbeTarget(LOOPBACK, check));
  }

  @Test
  void measuresAServerThatAnswersAndPassesOverWhatIsNotTheAnswer() {
    answering(rcode(Rcode.NOERROR));
    Measurement measurement = probe(server.getLocalPort(), Duration.ofSeconds(20));
    assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
    assertThat(measurement.latencyNanos()).isPositive();
    assertThat(asked.getQuestion().getName().toString()).isEqualTo("www.foobar.test.");
    assertThat(asked.getQuestion().getType()).isEqualTo(Type.SOA);
    assertThat(asked.getHeader().getFlag(Flags.RD)).as("recursion desired").isFalse();
  }

  @Test
  void tellsWhichErrorTheServerAnswers() {
    answering(rcode(Rcode.SERVFAIL));
    Measurement measurement = probe(server.getLocalPort(), Duration.ofSeconds(20));
    assertThat(measurement.outcome()).isEqualTo(Outcome.BAD_RESPONSE);
    assertThat(measurement.detail()).isEqualTo("SERVFAIL");
  }

  @Test
  void givesUpOnASilentServer() {
    assertThat(probe(server.getLocalPort(), Duration.ofMillis(50)).outcome())
        .isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void tellsAPortThatNobodyListensAt() {
    int port = server.getLocalPort();
    server.close();
    assertThat(probe(port, Duration.ofSeconds(20)).outcome()).isEqualTo(Outcome.REFUSED);
  }
}
