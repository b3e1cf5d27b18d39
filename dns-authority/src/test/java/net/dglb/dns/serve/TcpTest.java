package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption.Code;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;

class TcpTest {

  private static final List<Endpoint> LISTEN = List.of(Endpoint.parse("127.0.0.1:0"));
  private static final TcpLimits PATIENT = new TcpLimits(100, 100, Duration.ofMinutes(1));

  private static final Catalog CATALOG =
      Catalog.of(
          List.of(
              Asked.zone(
                  "example.test",
                  "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n")));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private DnsServer start(TcpLimits limits) throws IOException {
    return start(limits, null);
  }

  private DnsServer start(TcpLimits limits, @Nullable SlowPath slowPath) throws IOException {
    return DnsServer.start(
        vertx, LISTEN, settings(limits), new Published<>(CATALOG), Optional.ofNullable(slowPath));
  }

  private static DnsServerSettings settings(TcpLimits limits) {
    return DnsServerSettings.DEFAULT.withTcp(limits);
  }

  /** Deciseconds that an answer tells; RFC 7828 section 3.1. */
  private static int keepaliveTold(TcpClient client) throws IOException {
    Message asking = query();
    asking.addRecord(new OPTRecord(1232, 0, 0, 0, new TcpKeepaliveOption()), Section.ADDITIONAL);
    client.send(asking);
    TcpKeepaliveOption told =
        (TcpKeepaliveOption) client.receive().getOPT().getOptions(Code.TCP_KEEPALIVE).getFirst();
    return told.getTimeout().orElseThrow();
  }

  private static Message query() {
    return Asked.query("www.example.test", "A");
  }

  @Test
  void answersPipelinedQueriesEach() throws Exception {
    try (DnsServer server = start(PATIENT);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] queries = new Message[200];
      Arrays.setAll(queries, _ -> query());
      client.send(queries);
      for (Message query : queries) {
        assertThat(client.receive().getHeader().getID()).isEqualTo(query.getHeader().getID());
      }
    }
  }

  @Test
  void answersAQueryThatComesOctetByOctet() throws Exception {
    try (DnsServer server = start(PATIENT);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      for (byte octet : TcpClient.frame(query())) {
        client.send(new byte[] {octet});
      }
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
    }
  }

  @Test
  void answersTheWholeMessagesAndWaitsForTheRestOfTheLast() throws Exception {
    try (DnsServer server = start(PATIENT);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      byte[] two = TcpClient.frame(query(), query());
      client.send(Arrays.copyOf(two, two.length - 10));
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
      client.send(Arrays.copyOfRange(two, two.length - 10, two.length));
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
    }
  }

  @Test
  void closesAfterAMessageOfLengthZeroButAnswersWhatCameBefore() throws Exception {
    try (DnsServer server = start(PATIENT);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      byte[] one = TcpClient.frame(query());
      client.send(Arrays.copyOf(one, one.length + 2));
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesAConnectionThatCompletesNoMessageEvenIfOctetsDripIn() throws Exception {
    try (DnsServer server = start(new TcpLimits(10, 10, Duration.ofMillis(200)));
        TcpClient silent = new TcpClient(server.addresses().getFirst());
        TcpClient dripping = new TcpClient(server.addresses().getFirst())) {
      dripping.send(new byte[] {0});
      assertThat(silent.isClosedByServer()).isTrue();
      assertThat(dripping.isClosedByServer()).isTrue();
    }
  }

  @Test
  void tellsHowLongItKeepsAnIdleConnectionAndAsksClientsToLeaveWhenItIsCrowded() throws Exception {
    try (DnsServer server = start(new TcpLimits(4, 4, Duration.ofSeconds(25)))) {
      Endpoint address = server.addresses().getFirst();
      try (TcpClient first = new TcpClient(address);
          TcpClient second = new TcpClient(address)) {
        answered(second);
        assertThat(keepaliveTold(first)).isEqualTo(250);
        TcpClient third = new TcpClient(address);
        answered(third);
        assertThat(keepaliveTold(first)).as("three of four places are taken").isZero();
        assertThat(keepaliveTold(first)).as("and it stays open for who has more").isZero();
        third.close();
        await().untilAsserted(() -> assertThat(keepaliveTold(first)).isEqualTo(250));
      }
    }
  }

  @Test
  void answersWhatIsQuickBeforeWhatIsSlowAndKeepsTheConnectionMeanwhile() throws Exception {
    BlockingQueue<SlowPath.Request> slow = new LinkedBlockingQueue<>();
    try (DnsServer server = start(PATIENT, slow::add);
        TcpClient client = new TcpClient(server.addresses().getFirst());
        TcpClient idle = new TcpClient(server.addresses().getFirst())) {
      Message transfer = Asked.query("example.test", "AXFR");
      Message[] quick = {query(), query()};
      client.send(transfer, quick[0], quick[1]);
      for (Message each : quick) {
        assertThat(client.receive().getHeader().getID()).isEqualTo(each.getHeader().getID());
      }
      server.use(LISTEN, settings(new TcpLimits(10, 10, Duration.ofMillis(200))));
      assertThat(idle.isClosedByServer()).as("another that waits for nothing").isTrue();
      SlowPath.Request request = slow.take();
      request.replies().send(request.octets());
      request.replies().end(request.octets());
      for (int i = 0; i < 2; i++) {
        assertThat(client.receive().getHeader().getID()).isEqualTo(transfer.getHeader().getID());
      }
      assertThat(client.isClosedByServer()).as("once it waits for nothing either").isTrue();
    }
  }

  @Test
  void saysServfailWhereTheSlowPathHasNoRoom() throws Exception {
    try (DnsServer server = start(PATIENT, _ -> false);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      client.send(Asked.query("example.test", "AXFR"), query());
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(server.counters().overloaded()).isEqualTo(1);
    }
  }

  @Test
  void refusesConnectionsAboveTheLimitOfTheirSource() throws Exception {
    try (DnsServer server = start(new TcpLimits(3, 2, Duration.ofMinutes(1)))) {
      Endpoint address = server.addresses().getFirst();
      InetAddress other = InetAddress.ofLiteral("127.0.0.2");
      try (TcpClient first = new TcpClient(address);
          TcpClient second = new TcpClient(address)) {
        answered(first);
        answered(second);
        try (TcpClient third = new TcpClient(address)) {
          assertThat(third.isClosedByServer()).as("over the limit of the source").isTrue();
        }
        try (TcpClient fromElsewhere = new TcpClient(address, other);
            TcpClient tooMany = new TcpClient(address, other)) {
          answered(fromElsewhere);
          assertThat(tooMany.isClosedByServer()).as("over the limit of all").isTrue();
        }
      }
      assertThat(server.counters().tcpRefused()).isEqualTo(2);
      await().untilAsserted(() -> answeredAnew(address));
    }
  }

  @Test
  void closesConnectionsOfDeniedSourcesBeforeTheirFirstMessage() throws Exception {
    GuardSettings guards =
        new GuardSettings(0, 0, 0, List.of(Prefix.parse("127.0.0.2/32")), List.of());
    try (DnsServer server =
        DnsServer.start(
            vertx,
            LISTEN,
            settings(PATIENT).withGuards(guards),
            new Published<>(CATALOG),
            Optional.empty())) {
      Endpoint address = server.addresses().getFirst();
      try (TcpClient denied = new TcpClient(address, InetAddress.ofLiteral("127.0.0.2"));
          TcpClient other = new TcpClient(address)) {
        assertThat(denied.isClosedByServer()).isTrue();
        answered(other);
      }
      assertThat(server.counters().denied()).isEqualTo(1);
    }
  }

  @Test
  void answersAClientThatReadsLateInFull() throws Exception {
    try (DnsServer server = start(PATIENT);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] batch = new Message[500];
      Arrays.setAll(batch, _ -> query());
      byte[] frames = TcpClient.frame(batch);
      int batches = 100;
      Thread sender =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  for (int i = 0; i < batches; i++) {
                    client.send(frames);
                  }
                } catch (IOException e) {
                  // the reader below then misses answers and fails
                }
              });
      for (int i = 0; i < batches * batch.length; i++) {
        int expected = batch[i % batch.length].getHeader().getID();
        assertThat(client.receive().getHeader().getID()).as("answer %d", i).isEqualTo(expected);
      }
      sender.join();
    }
  }

  private static void answered(TcpClient client) throws IOException {
    client.send(query());
    assertThat(client.receive().getRcode()).isEqualTo(Rcode.NOERROR);
  }

  private static void answeredAnew(Endpoint address) throws IOException {
    try (TcpClient client = new TcpClient(address)) {
      answered(client);
    }
  }
}
