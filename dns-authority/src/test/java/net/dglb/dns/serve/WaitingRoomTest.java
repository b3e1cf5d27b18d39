package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** Questions that a zone has wait, over the network. */
class WaitingRoomTest {

  private static final DomainName AWAITED = DomainName.of("probes.example.test");

  private record Parked(SlowPath.Request request, Late late) {
    void answer() {
      request
          .replies()
          .end(late.late().answer(request.octets(), request.source(), request.transport()));
    }
  }

  private record Late(DomainName awaited, WaitingRoom.Late late) {}

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Parked> parked = new LinkedBlockingQueue<>();
  private volatile boolean room = true;
  private final Published<Catalog> catalog =
      new Published<>(Catalog.of(List.of(zone("192.0.2.1"))));

  private static Zone zone(String address) {
    Zone zone =
        Asked.zone(
            "example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A " + address + "\n");
    return new Zone() {
      @Override
      public DomainName apex() {
        return zone.apex();
      }

      @Override
      public void answer(Query query, Answer answer) {
        if (!answer.postpone(AWAITED)) {
          zone.answer(query, answer);
        }
      }
    };
  }

  private boolean park(SlowPath.Request request, DomainName awaited, WaitingRoom.Late late) {
    return room && parked.add(new Parked(request, new Late(awaited, late)));
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @ParameterizedTest(name = "{0}, TCP {1}")
  @CsvSource({"AUTO, false", "PORTABLE, false", "AUTO, true"})
  void areAnsweredLaterWithWhatIsKnownThenAndAtOnceWithoutRoom(UdpPath path, boolean tcp)
      throws Exception {
    DnsServerSettings settings = DnsServerSettings.DEFAULT.withUdp(new UdpSettings(path, 1, 1232));
    try (DnsServer server =
        DnsServer.start(
            vertx, List.of(Endpoint.parse("127.0.0.1:0")), settings, catalog, Optional.empty())) {
      server.use(this::park, Optional.empty());
      SimpleResolver resolver = new SimpleResolver("127.0.0.1");
      resolver.setPort(server.addresses().getFirst().port());
      resolver.setTCP(tcp);
      resolver.setTimeout(Duration.ofSeconds(20));
      CompletableFuture<Message> answer =
          resolver.sendAsync(Asked.query("www.example.test", "A")).toCompletableFuture();
      Parked waiting = parked.poll(20, TimeUnit.SECONDS);
      assertThat(waiting).isNotNull();
      assertThat(waiting.late().awaited()).isEqualTo(AWAITED);
      assertThat(answer).isNotDone();
      catalog.publish(Catalog.of(List.of(zone("192.0.2.2"))));
      waiting.answer();
      assertThat(address(answer.get(20, TimeUnit.SECONDS))).isEqualTo("192.0.2.2");

      room = false;
      assertThat(address(resolver.send(Asked.query("www.example.test", "A"))))
          .isEqualTo("192.0.2.2");
      DnsCounters counters = server.counters();
      assertThat(counters.postponed()).isEqualTo(1);
      assertThat(counters.queriesByTransport().get(tcp ? "tcp" : "udp")).isEqualTo(2);
      assertThat(counters.queriesByType().get("A")).isEqualTo(2);
      assertThat(counters.answersByRcode().get("NOERROR")).isEqualTo(2);
    }
  }

  private static String address(Message answer) {
    return answer.getSection(Section.ANSWER).getFirst().rdataToString();
  }
}
