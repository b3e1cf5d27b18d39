package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Whoever says that it sends no more still gets all that it asked for, and then the end. */
class HalfClosedTest {

  private static final List<Endpoint> LISTEN = List.of(Endpoint.parse("127.0.0.1:0"));
  private static final TcpLimits PATIENT = new TcpLimits(100, 100, Duration.ofMinutes(1));

  /**
   * About 50,000 octets: few short questions, which fit anywhere, fill all buffers with answers.
   */
  private static final String LONG_TEXT =
      "%s 60 TXT" + (" \"" + "x".repeat(250) + "\"").repeat(200) + "\n";

  private static final String TEXT =
      "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n"
          + LONG_TEXT.formatted("long");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private DnsServer start(TcpLimits limits, @Nullable SlowPath slowPath) throws IOException {
    Catalog catalog = Catalog.of(List.of(Asked.zone("example.test", TEXT)));
    return DnsServer.start(
        vertx, LISTEN, settings(limits), new Published<>(catalog), Optional.ofNullable(slowPath));
  }

  private static DnsServerSettings settings(TcpLimits limits) {
    return DnsServerSettings.DEFAULT.withTcp(limits);
  }

  private static Message query() {
    return Asked.query("www.example.test", "A");
  }

  @Test
  void getsTheAnswersToPipelinedQueriesThatFillAllBuffers() throws Exception {
    try (DnsServer server = start(PATIENT, null);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] queries = new Message[300];
      Arrays.setAll(queries, _ -> Asked.query("long.example.test", "TXT"));
      client.send(queries);
      client.sendNoMore();
      haveTheServerSeeThat(server);
      for (Message query : queries) {
        assertThat(client.receive().getHeader().getID()).isEqualTo(query.getHeader().getID());
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void getsWhatIsAnsweredElsewhereAndAmongItWhatIsAnsweredAtOnce() throws Exception {
    BlockingQueue<SlowPath.Request> slow = new LinkedBlockingQueue<>();
    try (DnsServer server = start(PATIENT, slow::add);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] transfers = {
        Asked.query("example.test", "AXFR"), Asked.query("example.test", "AXFR")
      };
      Message quick = query();
      client.send(transfers[0], quick, transfers[1]);
      client.sendNoMore();
      haveTheServerSeeThat(server);
      assertThat(client.receive().getHeader().getID()).isEqualTo(quick.getHeader().getID());
      for (Message transfer : transfers) {
        SlowPath.Request request = slow.take();
        request.replies().send(request.octets());
        request.replies().end(request.octets());
        for (int i = 0; i < 2; i++) {
          assertThat(client.receive().getHeader().getID()).isEqualTo(transfer.getHeader().getID());
        }
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void getsTheWholeOfAZoneThatFillsAllBuffers() throws Exception {
    StringBuilder text = new StringBuilder(TEXT);
    int many = 300;
    for (int i = 0; i < many; i++) {
      text.append(LONG_TEXT.formatted("n" + i));
    }
    TransferZone zone =
        TransferZone.of(ZoneSnapshot.of(Asked.records("example.test", text.toString())));
    try (SlowRequests slow =
            new SlowRequests(
                new KeyFiles(List.of(), java.util.Map.of()),
                new OneZone(zone),
                (_, _, answer) -> answer.accept(UpdateAnswer.of(Rcode.REFUSED)),
                InstantSource.system(),
                System::nanoTime);
        DnsServer server = start(PATIENT, slow);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      client.send(Asked.query("example.test", "AXFR"));
      client.sendNoMore();
      haveTheServerSeeThat(server);
      int records = 0;
      while (records < many + 5) {
        records += client.receive().getSection(Section.ANSWER).size();
      }
      assertThat(records).isEqualTo(many + 5);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  private record OneZone(TransferZone zone) implements TransferSource {
    @Override
    public Optional<TransferZone> find(DomainName apex) {
      return Optional.of(zone);
    }

    @Override
    public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
      return true;
    }
  }

  @Test
  void isClosedAtOnceIfNothingIsAwaited() throws Exception {
    try (DnsServer server = start(PATIENT, null);
        TcpClient silent = new TcpClient(server.addresses().getFirst());
        TcpClient inAMessage = new TcpClient(server.addresses().getFirst())) {
      silent.sendNoMore();
      assertThat(silent.isClosedByServer()).isTrue();
      inAMessage.send(Arrays.copyOf(TcpClient.frame(query()), 10));
      inAMessage.sendNoMore();
      assertThat(inAMessage.isClosedByServer()).isTrue();
    }
  }

  /** It would hold its place among the connections of its source for ever. */
  @Test
  void whoeverReadsNothingIsCutOffAfterTheIdleTimeout() throws Exception {
    try (DnsServer server = start(new TcpLimits(1, 1, Duration.ofMinutes(1)), null);
        TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] queries = new Message[300];
      Arrays.setAll(queries, _ -> Asked.query("long.example.test", "TXT"));
      client.send(queries);
      server.use(LISTEN, settings(new TcpLimits(1, 1, Duration.ofMillis(500))));
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> isAnswered(server));
    }
  }

  @Test
  void whoeverReadsNothingDoesNotHoldUpTheEndOfTheServer() throws Exception {
    DnsServer server = start(PATIENT, null);
    try (TcpClient client = new TcpClient(server.addresses().getFirst())) {
      Message[] queries = new Message[300];
      Arrays.setAll(queries, _ -> Asked.query("long.example.test", "TXT"));
      client.send(queries);
      haveTheServerSeeThat(server);

      server.close();

      await().atMost(Duration.ofSeconds(30)).until(() -> isGone(client));
    }
  }

  /** What can be told without reading. */
  private static boolean isGone(TcpClient client) {
    try {
      client.send(query());
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static boolean isAnswered(DnsServer server) throws IOException {
    try (TcpClient other = new TcpClient(server.addresses().getFirst())) {
      other.send(query());
      return other.receive().getRcode() == Rcode.NOERROR;
    }
  }

  /**
   * All connections live on one event loop: what it answers to the second query it does after it
   * has looked at all that had come before the first answer.
   */
  private static void haveTheServerSeeThat(DnsServer server) throws IOException {
    try (TcpClient other = new TcpClient(server.addresses().getFirst())) {
      for (int i = 0; i < 2; i++) {
        other.send(query());
        other.receive();
      }
    }
  }
}
