package net.dglb.dns.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.serve.ExplainSettings;
import net.dglb.dns.serve.SlowPath;
import net.dglb.dns.zone.StaticZone;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Explanations over DNS, asked for with dig, of a server that knows one name. */
class ExplainedTextsTest {

  private static final DomainName WWW = DomainName.of("www.foobar.test");

  private static final byte[] ELSEWHERE = {1, 2, 3};

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("control-under-test");
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> threads = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private List<String> lines = List.of("first \"line\"", "second line");
  private Optional<RuntimeException> failure = Optional.empty();
  private Published<Catalog> catalog = new Published<>(Catalog.of(List.of()));
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    CommandLine.require("/usr/bin/dig");
    DnsServerSettings settings =
        DnsServerSettings.DEFAULT.withExplain(
            new ExplainSettings(List.of(Prefix.parse("127.0.0.1/32")), 5));
    catalog = new Published<>(Catalog.of(List.of(zone())));
    server =
        DnsServer.start(
            vertx,
            List.of(Endpoint.parse("127.0.0.1:0")),
            settings,
            catalog,
            Optional.of(
                new ExplainedTexts(
                    settings.explain(),
                    Optional.of(ExplainedTextsTest::answerElsewhere),
                    this::explain,
                    control,
                    nanos::get)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void whoIsAllowedGetsTheLinesInOrderMadeOnTheControlThread() throws Exception {
    String answer = ask("_Explain.www.foobar.test", "TXT", "+subnet=100.64.0.0/16");

    assertThat(answer)
        .contains("status: NOERROR", "flags: qr aa rd;")
        .containsPattern(
            "_Explain.www.foobar.test.\\s+0\\s+IN\\s+TXT\\s+\"first 'line'\" \"second line\"");
    assertThat(asked).containsExactly("www.foobar.test 127.0.0.1 Optional[100.64.0.0/16]");
    assertThat(threads).containsOnly("control-under-test");
  }

  @Test
  void othersGetWhatTheyAlwaysGot() throws Exception {
    assertThat(ask("_explain.www.foobar.test", "TXT", "-b", "127.0.0.2"))
        .contains("status: NXDOMAIN", "SOA");
    assertThat(ask("_explain.www.foobar.test", "A")).contains("status: NXDOMAIN");
    assertThat(ask("_explained.www.foobar.test", "TXT")).contains("status: NXDOMAIN");
    assertThat(asked).isEmpty();
  }

  @Test
  void anUpdateIsHandedOnWhateverStandsWhereANameWould() throws Exception {
    Message withZone = Message.newQuery(txt("_explain.www.foobar.test."));
    withZone.getHeader().setOpcode(Opcode.UPDATE);
    byte[] withoutZone = new byte[40];
    withoutZone[2] = Opcode.UPDATE << 3;
    System.arraycopy(Name.fromString("_explain.").toWire(), 0, withoutZone, 12, 10);

    for (byte[] update : List.of(withZone.toWire(), withoutZone)) {
      assertThat(send(update, "127.0.0.1")).isEqualTo(ELSEWHERE);
      assertThat(send(update, "127.0.0.2")).isEqualTo(ELSEWHERE);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void anExplanationThatFailsIsAnsweredAndGivesItsPlaceBack() throws Exception {
    lines = List.of();
    failure = Optional.of(new IllegalStateException("a fault of the explainer"));
    for (int i = 0; i < 20; i++) {
      assertThat(ask("_explain.www.foobar.test", "TXT", "+tcp")).contains("status: SERVFAIL");
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(asked).hasSize(20);
  }

  @Test
  void aNameThatIsNotExplainedIsAnsweredAsAlways() throws Exception {
    assertThat(ask("_explain.other.foobar.test", "TXT")).contains("status: NXDOMAIN", "SOA");
    assertThat(ask("_explain.example.org", "TXT")).contains("status: REFUSED");
  }

  @Test
  void whatDoesNotFitIsTruncatedAndComesWholeOverTcp() throws Exception {
    lines = IntStream.range(0, 100).mapToObj(i -> "line " + i + " " + "x".repeat(40)).toList();

    assertThat(ask("_explain.www.foobar.test", "TXT", "+ignore"))
        .contains("flags: qr aa tc", "ANSWER: 0");
    assertThat(ask("_explain.www.foobar.test", "TXT"))
        .contains("Truncated, retrying in TCP mode", "line 99");
  }

  @Test
  void nobodyIsAmplifiedByExplanationsEither() throws Exception {
    lines = IntStream.range(0, 5).mapToObj(i -> "x".repeat(220)).toList();

    assertThat(ask("_explain.www.foobar.test", "TXT", "+ignore", "+nocookie", "+bufsize=1232"))
        .as("1180 octets for a query of 53")
        .contains("flags: qr aa tc", "ANSWER: 0");
  }

  @Test
  void endlessExplanationsAreCut() throws Exception {
    lines = IntStream.range(0, 1_000).mapToObj(i -> "y".repeat(300)).toList();

    String answer = ask("_explain.www.foobar.test", "TXT", "+tcp");

    assertThat(answer).contains("\"" + "y".repeat(255) + "\"", "... more by dglb explain");
    assertThat(answer.length()).isLessThan(10_000);
  }

  @Test
  void onlySoManyAreGivenPerSecond() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("_explain.www.foobar.test", "TXT", "+tcp")).contains("status: NOERROR");
    }
    assertThat(ask("_explain.www.foobar.test", "TXT", "+tcp")).contains("status: SERVFAIL");
    assertThat(ask("foobar.test", "SOA")).contains("status: NOERROR");

    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
    assertThat(ask("_explain.www.foobar.test", "TXT", "+tcp")).contains("status: NOERROR");
    assertThat(asked).hasSize(6);
  }

  private static boolean answerElsewhere(SlowPath.Request request) {
    request.replies().end(ELSEWHERE);
    return true;
  }

  private byte[] send(byte[] message, String source) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, 0))) {
      socket.setSoTimeout(5_000);
      InetSocketAddress to = server.addresses().getFirst().toSocketAddress();
      socket.send(new DatagramPacket(message, message.length, to));
      DatagramPacket answer = new DatagramPacket(new byte[1232], 1232);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static Record txt(String name) throws Exception {
    return Record.newRecord(Name.fromString(name), Type.TXT, DClass.IN);
  }

  private String ask(String... question) throws Exception {
    return CommandLine.dig(server.addresses().getFirst(), question);
  }

  private List<String> explain(DomainName name, InetAddress resolver, Optional<Prefix> subnet) {
    threads.add(Thread.currentThread().getName());
    if (!name.equals(WWW)) {
      return List.of();
    }
    asked.add(name + " " + resolver.getHostAddress() + " " + subnet);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return lines;
  }

  private static StaticZone zone() throws Exception {
    Name apex = Name.fromString("foobar.test.");
    List<Record> records =
        List.of(
            new SOARecord(apex, DClass.IN, 60, apex, apex, 1, 1, 1, 1, 60),
            new NSRecord(apex, DClass.IN, 60, Name.fromString("ns.example.")));
    return StaticZone.compile(DomainName.of("foobar.test"), records);
  }
}
