package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server whose settings and addresses change while it answers. */
@ParameterizedClass
@EnumSource(UdpPath.class)
class ChangedServerTest {

  private static final Endpoint FIRST = Endpoint.parse("127.0.0.1:0");
  private static final Endpoint SECOND = Endpoint.parse("127.0.0.2:0");
  private static final Prefix CLIENT = Prefix.parse("127.0.0.0/8");
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int SILENCE_MILLIS = 300;

  /** What a worker had not read yet when it left is asked again. */
  private static final int ASK_AGAIN_MILLIS = 300;

  @Parameter UdpPath path = UdpPath.AUTO;

  private final Vertx vertx = Vertx.vertx();
  private DnsServerSettings settings = DnsServerSettings.DEFAULT;
  private DnsServer server;

  @BeforeEach
  void start() throws IOException {
    settings = settings.withUdp(new UdpSettings(path, 1, 1232)).withGuards(GuardSettings.OFF);
    Catalog catalog =
        Catalog.of(
            List.of(
                Asked.zone(
                    "example.test",
                    "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n"
                        + "long 60 TXT \""
                        + "x".repeat(250)
                        + "\" \""
                        + "y".repeat(250)
                        + "\" \""
                        + "z".repeat(250)
                        + "\"\n")));
    server =
        DnsServer.start(
            vertx, List.of(FIRST), settings, new Published<>(catalog), Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aSourceThatIsDeniedGetsNoAnswerAnyMoreAndGetsThemAgain() throws Exception {
    assertThat(isAnswered(address())).isTrue();

    use(settings.withGuards(new GuardSettings(0, 0, 0, List.of(CLIENT), List.of())));
    try (DatagramSocket socket = asking(address(), query())) {
      await().until(() -> server.counters().denied() == 1);
      assertThat(hears(socket, SILENCE_MILLIS)).isFalse();
    }

    use(settings);
    assertThat(isAnswered(address())).isTrue();
  }

  @Test
  void anotherRateLimitHoldsAtOnce() throws Exception {
    use(settings.withGuards(new GuardSettings(1, 0, 0, List.of(), List.of())));
    try (DatagramSocket socket = asking(address(), query())) {
      assertThat(hears(socket, PATIENCE_MILLIS)).isTrue();
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            send(socket, query());
            return server.counters().limited() > 0;
          });
    }

    use(settings);
    assertThat(isAnswered(address())).isTrue();
  }

  @Test
  void anotherLongestAnswerHoldsAtOnce() throws Exception {
    assertThat(ask("long.example.test").getSection(Section.ANSWER)).hasSize(1);

    use(settings.withUdp(new UdpSettings(path, 1, 512)));

    assertThat(ask("long.example.test").getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void itTellsAnotherIdOfItself() throws Exception {
    use(
        new DnsServerSettings(
            settings.udp(),
            settings.tcp(),
            Optional.empty(),
            new ServerIdentity("renamed", ""),
            List.of(),
            settings.guards(),
            settings.explain()));

    Message query = Message.newQuery(Record.newRecord(name("id.server"), Type.TXT, DClass.CH));
    assertThat(exchange(address(), query).toString()).contains("renamed");
  }

  @Test
  void newAddressesAnswerAndOldOnesAreFree() throws Exception {
    Endpoint first = address();

    server.use(List.of(FIRST, SECOND), settings);
    assertThat(server.addresses()).hasSize(2).first().isEqualTo(first);
    for (Endpoint address : server.addresses()) {
      assertThat(isAnswered(address)).as("%s", address).isTrue();
    }

    server.use(List.of(SECOND), settings);
    assertThat(server.addresses()).hasSize(1);
    assertThat(isAnswered(server.addresses().getFirst())).isTrue();
    try (DatagramSocket free = new DatagramSocket(first.toSocketAddress())) {
      assertThat(free.isBound()).isTrue();
    }
    BindFailure.probe("TCP", first);
  }

  @Test
  void aConnectionToAnAddressThatStaysIsKept() throws Exception {
    try (TcpClient client = new TcpClient(address())) {
      client.send(Asked.query("www.example.test", "A"));
      assertThat(client.receive().getSection(Section.ANSWER)).hasSize(1);

      server.use(List.of(FIRST, SECOND), settings.withUdp(new UdpSettings(path, 2, 1232)));

      client.send(Asked.query("www.example.test", "A"));
      assertThat(client.receive().getSection(Section.ANSWER)).hasSize(1);
    }
  }

  @Test
  void anAddressThatCannotBeBoundLeavesAllAsItWas() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(SECOND.toSocketAddress())) {
      Endpoint occupied = new Endpoint(SECOND.address(), taken.getLocalPort());
      Endpoint before = address();

      assertThatThrownBy(() -> server.use(List.of(SECOND, occupied), settings))
          .isInstanceOf(BindFailure.class)
          .hasMessageContaining("cannot listen on " + occupied);

      assertThat(server.addresses()).containsExactly(before);
      assertThat(isAnswered(before)).isTrue();
    }
  }

  @Test
  void moreAndFewerWorkersTakeOverWhileQueriesCome() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    Thread client =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) {
                answers.addAndGet(isAnsweredQuietly() ? 1 : 0);
              }
            });

    try {
      for (int workers : new int[] {2, 4, 1, 3, 1}) {
        use(settings.withUdp(new UdpSettings(path, workers, 1232)));
        int before = answers.get();
        await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> answers.get() > before + 20);
      }
    } finally {
      over.set(true);
      client.join();
    }

    assertThat(server.counters().queriesByTransport().get("udp"))
        .as("what former workers answered counts on")
        .isGreaterThanOrEqualTo(answers.get());
  }

  @Test
  void fewerConnectionsHoldForNewOnes() throws Exception {
    use(settings.withTcp(new TcpLimits(10, 1, Duration.ofSeconds(10))));
    try (TcpClient one = new TcpClient(address())) {
      one.send(Asked.query("www.example.test", "A"));
      assertThat(one.receive().getSection(Section.ANSWER)).hasSize(1);
      try (TcpClient other = new TcpClient(address())) {
        assertThat(other.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void aShorterIdleTimeoutHoldsForOpenConnections() throws Exception {
    try (TcpClient client = new TcpClient(address())) {
      client.send(Asked.query("www.example.test", "A"));
      assertThat(client.receive().getSection(Section.ANSWER)).hasSize(1);

      use(settings.withTcp(new TcpLimits(10, 10, Duration.ofMillis(50))));

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  private void use(DnsServerSettings next) throws IOException {
    server.use(List.of(FIRST), next);
  }

  private Endpoint address() {
    return server.addresses().getFirst();
  }

  private boolean isAnsweredQuietly() {
    try (DatagramSocket socket = asking(address(), query())) {
      return hears(socket, ASK_AGAIN_MILLIS);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAnswered(Endpoint address) throws IOException {
    try (DatagramSocket socket = asking(address, query())) {
      return hears(socket, PATIENCE_MILLIS);
    }
  }

  private static Message query() {
    return Asked.query("www.example.test", "A");
  }

  private static boolean hears(DatagramSocket socket, int patienceMillis) throws IOException {
    try {
      receive(socket, patienceMillis);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private Message ask(String name) throws IOException {
    Message query = Message.newQuery(Record.newRecord(name(name), Type.TXT, DClass.IN));
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return exchange(address(), query);
  }

  private static Name name(String text) throws IOException {
    return Name.fromString(text, Name.root);
  }

  private static Message exchange(Endpoint server, Message query) throws IOException {
    try (DatagramSocket socket = asking(server, query)) {
      return receive(socket, PATIENCE_MILLIS);
    }
  }

  private static DatagramSocket asking(Endpoint server, Message query) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.connect(server.toSocketAddress());
    send(socket, query);
    return socket;
  }

  private static void send(DatagramSocket socket, Message query) throws IOException {
    byte[] octets = query.toWire();
    socket.send(new DatagramPacket(octets, octets.length));
  }

  private static Message receive(DatagramSocket socket, int patienceMillis) throws IOException {
    socket.setSoTimeout(patienceMillis);
    DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
    socket.receive(answer);
    return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
  }
}
