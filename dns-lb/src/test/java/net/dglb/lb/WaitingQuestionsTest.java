package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Questions for a service that nobody has asked for, whose sites were last probed long ago. */
class WaitingQuestionsTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;
  private InProcessServer server;
  private final List<byte[]> late = new ArrayList<>();
  private final SlowPath.Replies replies =
      new SlowPath.Replies() {
        @Override
        public void send(byte[] message) {
          throw new AssertionError("only one message answers a question");
        }

        @Override
        public void end(byte[] last) {
          late.add(last);
        }
      };

  @BeforeEach
  void start() {
    network =
        new Network(
                directory,
                "probe { wait { older-than = 60s, at-most = 300ms, places = 2 }, idle.interval = 1h"
                    + " }")
            .started();
    network.measuredOwnLabel();
    server =
        InProcessServer.withWaitingRoom(network.catalog(), network.loadBalancer().waitingRoom());
  }

  private void nobodyAsksFor(Duration time) {
    network.pass(time);
    late.clear();
  }

  private byte[] ask(Transport transport) throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(OWN + "."), Type.A, DClass.IN));
    byte[] answer =
        server.ask(query.toWire(), InetAddress.ofLiteral("198.51.100.7"), transport, replies);
    network.timeline().runDue();
    return answer;
  }

  private static String address(byte[] answer) throws IOException {
    return new Message(answer).getSection(Section.ANSWER).getFirst().rdataToString();
  }

  @Test
  void waitsForProbesAndIsAnsweredWithWhatTheyFoundOverUdpAndTcp() throws IOException {
    for (Transport transport : List.of(Transport.UDP, Transport.TCP)) {
      network.sites.answersAfter(Network.NEW_YORK, 10);
      nobodyAsksFor(Duration.ofMinutes(43));
      network.sites.dies(Network.NEW_YORK);
      assertThat(ask(transport)).as("no answer yet over %s", transport).isEmpty();
      assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
      network.pass(Duration.ofMillis(100));
      assertThat(late).as("the furthest site is 160 ms away").isEmpty();
      network.pass(Duration.ofMillis(150));
      assertThat(late).hasSize(1);
      assertThat(new Message(late.getFirst()).getSection(Section.ANSWER)).hasSize(1);
      assertThat(address(ask(transport))).as("the next one is answered at once").isNotEmpty();
    }
  }

  @Test
  void isAnsweredWithWhatIsKnownWhenProbesTakeTooLong() throws IOException {
    nobodyAsksFor(Duration.ofMinutes(43));
    network.sites.answersAfter(Network.TOKYO, 3_000);
    ask(Transport.UDP);
    network.pass(Duration.ofMillis(299));
    assertThat(late).isEmpty();
    network.pass(Duration.ofMillis(2));
    assertThat(address(late.getFirst())).isEqualTo(Network.NEW_YORK);
    network.pass(Duration.ofSeconds(5));
    assertThat(late).as("once").hasSize(1);
  }

  @Test
  void isAnsweredAtOnceWhenAsManyWaitAsMay() throws IOException {
    nobodyAsksFor(Duration.ofMinutes(43));
    assertThat(ask(Transport.UDP)).isEmpty();
    assertThat(ask(Transport.TCP)).isEmpty();
    assertThat(address(ask(Transport.UDP))).isEqualTo(Network.NEW_YORK);
    assertThat(address(ask(Transport.TCP))).isEqualTo(Network.NEW_YORK);
    network.pass(Duration.ofMillis(250));
    assertThat(late).hasSize(2);
    assertThat(address(ask(Transport.UDP))).as("probed just now").isEqualTo(Network.NEW_YORK);
  }

  @Test
  void aServiceThatIsAskedForNowAndThenIsAnsweredAtOnce() throws IOException {
    for (int i = 0; i < 4; i++) {
      nobodyAsksFor(Duration.ofMinutes(20));
      assertThat(address(ask(Transport.UDP))).isEqualTo(Network.NEW_YORK);
    }
  }
}
