package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.linux.NativeAccess;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Whatever is thrown on a worker's thread, also outside of a zone, it goes on answering. */
class SurvivingWorkersTest {

  private static final int FAILURES = 5;
  private static final int ANSWER_MILLIS = 200;

  private static final Zone ZONE =
      Asked.zone("example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n");

  /** Has every question wait. */
  private static final Zone WAITING =
      new Zone() {
        @Override
        public DomainName apex() {
          return ZONE.apex();
        }

        @Override
        public void answer(Query query, Answer answer) {
          if (!answer.postpone(DomainName.of("www.example.test"))) {
            ZONE.answer(query, answer);
          }
        }
      };

  @ParameterizedTest
  @EnumSource(
      value = UdpPath.class,
      names = {"NATIVE", "PORTABLE"})
  void aUdpWorkerOutlivesWhatItsLoopThrowsAndSaysSoOnce(UdpPath path) throws IOException {
    assumeTrue(path != UdpPath.NATIVE || NativeAccess.isAvailable(), "no native UDP path here");
    AtomicInteger looks = new AtomicInteger();
    Parts parts =
        new Parts(ZONE)
            .atEachLookAtTheClock(() -> {
              int look = looks.incrementAndGet();
              if (look <= FAILURES && look % 2 == 0) {
                throw new IllegalStateException("poison");
              }
              if (look <= FAILURES) {
                throw new OutOfMemoryError("poison");
              }
            });
    Logger logger = (Logger) LoggerFactory.getLogger(QueryProcessor.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    UdpListener listener =
        UdpListener.bind(Endpoint.parse("127.0.0.1:0"), new UdpSettings(path, 1, 1232));
    try (listener) {
      WorkerCounters counters = listener.counters().getFirst();
      listener.start(new Published<>(parts.shared()));

      Message answer = askUntilAnswered(listener.port());

      assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(counters.get(WorkerCounters.FAILURES)).isEqualTo(FAILURES);
      assertThat(lines.list).hasSize(1);
      assertThat(lines.list.getFirst().getFormattedMessage()).contains("a worker goes on");
      assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("poison");
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  void whatTheWaitingRoomThrowsIsAnsweredAndTheQuestionIsNotAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    InProcessServer server =
        InProcessServer.withWaitingRoom(
            new Published<>(Catalog.of(List.of(WAITING))),
            (_, _, _) -> {
              asked.incrementAndGet();
              throw new OutOfMemoryError("poison");
            });

    assertThat(rcode(server)).isEqualTo(Rcode.SERVFAIL);
    assertThat(rcode(server)).isEqualTo(Rcode.SERVFAIL);

    assertThat(asked).hasValue(1);
    assertThat(server.counters().failures()).isEqualTo(1);
    assertThat(server.counters().quarantined()).isEqualTo(1);
  }

  @Test
  void whatTheSlowPathThrowsIsAnswered() {
    SlowPath poisoned =
        new SlowPath() {
          @Override
          public boolean wants(Query query) {
            return true;
          }

          @Override
          public boolean take(Request request) {
            throw new StackOverflowError("poison");
          }
        };
    InProcessServer server = new Parts(ZONE).slowPath(poisoned).server();

    assertThat(rcode(server)).isEqualTo(Rcode.SERVFAIL);
    assertThat(server.counters().failures()).isEqualTo(1);
  }

  private static int rcode(InProcessServer server) {
    byte[] query = Asked.query("www.example.test", "A").toWire();
    try {
      return new Message(server.ask(query, Asked.SOURCE, Transport.UDP)).getRcode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As a resolver does: what gets no answer is asked again. */
  private static Message askUntilAnswered(int port) throws IOException {
    byte[] query = Asked.query("www.example.test", "A").toWire();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(Endpoint.parse("127.0.0.1:" + port).toSocketAddress());
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      for (int i = 0; i < 10 * FAILURES; i++) {
        socket.send(new DatagramPacket(query, query.length));
        try {
          socket.receive(answer);
          return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        } catch (SocketTimeoutException e) {
          // Asked again.
        }
      }
    }
    throw new AssertionError("no answer");
  }
}
