package net.dglb.dns.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@ParameterizedClass
@EnumSource(UdpPath.class)
class DnsServerTest {

  private static final Endpoint IPV4 = Endpoint.parse("127.0.0.1:0");
  private static final Endpoint IPV6 = Endpoint.parse("[::1]:0");
  private static final int TIMEOUT_MILLIS = 5_000;

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

  @Parameter UdpPath path = UdpPath.AUTO;

  private DnsServer start(Endpoint... listen) throws IOException {
    return start(1, listen);
  }

  private DnsServer start(int workers, Endpoint... listen) throws IOException {
    return start(workers, new Published<>(CATALOG), listen);
  }

  private DnsServer start(int workers, Published<Catalog> catalog, Endpoint... listen)
      throws IOException {
    UdpSettings udp = new UdpSettings(path, workers, 1232);
    return DnsServer.start(
        vertx, List.of(listen), DnsServerSettings.DEFAULT.withUdp(udp), catalog, Optional.empty());
  }

  private static Message askUdp(Endpoint server) throws IOException {
    return askUdp(server, "A");
  }

  private static Message askUdp(Endpoint server, String type) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server.toSocketAddress()); // takes answers from the asked address alone
      byte[] query = Asked.query("www.example.test", type).toWire();
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
    }
  }

  @Test
  void answersOverUdpAndTcpOnEveryAddressFromThatAddress() throws Exception {
    Endpoint[] listen = hasIpv6() ? new Endpoint[] {IPV4, IPV6} : new Endpoint[] {IPV4};
    long each = listen.length;
    try (DnsServer server = start(listen)) {
      assertThat(server.addresses()).hasSize(listen.length);
      for (Endpoint address : server.addresses()) {
        assertThat(address.port()).isPositive();
        assertThat(askUdp(address).getSection(Section.ANSWER)).as("%s", address).hasSize(1);
        try (TcpClient client = new TcpClient(address)) {
          client.send(Asked.query("www.example.test", "A"));
          assertThat(client.receive().getSection(Section.ANSWER)).as("%s", address).hasSize(1);
        }
      }
      await()
          .untilAsserted(() -> {
            DnsCounters counters = server.counters();
            assertThat(counters.queriesByTransport())
                .containsEntry("udp", each)
                .containsEntry("tcp", each);
            assertThat(counters.answersByRcode()).containsEntry("NOERROR", 2 * each);
          });
    }
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.getByInetAddress(IPV6.address()) != null;
  }

  @Test
  void saysThatAnIpv6AddressCannotBeHadWhereThereIsNone() throws Exception {
    assumeTrue(!hasIpv6(), "there is IPv6 here");
    assertThatThrownBy(() -> start(IPV6).close())
        .isInstanceOf(BindFailure.class)
        .hasMessageContaining("cannot listen on [::1]:0 over UDP: ")
        .hasMessageNotContaining("null");
  }

  @Test
  void answersWithSeveralWorkersOnOneAddress() throws Exception {
    try (DnsServer server = start(3, IPV4)) {
      for (int i = 0; i < 20; i++) {
        assertThat(askUdp(server.addresses().getFirst()).getRcode()).isEqualTo(Rcode.NOERROR);
      }
    }
  }

  @Test
  void whatOtherThreadsAnswerLeavesFromTheAskedAddressToo() throws Exception {
    SlowPath echo =
        request -> {
          request.octets()[2] |= (byte) 0x80;
          Thread.ofVirtual().start(() -> request.replies().end(request.octets()));
          return true;
        };
    try (DnsServer server =
        DnsServer.start(
            vertx,
            List.of(IPV4, Endpoint.parse("127.0.0.2:0"), hasIpv6() ? IPV6 : IPV4),
            DnsServerSettings.DEFAULT.withUdp(new UdpSettings(path, 1, 1232)),
            new Published<>(CATALOG),
            Optional.of(echo))) {
      for (Endpoint address : server.addresses()) {
        assertThat(askUdp(address, "IXFR").getQuestion().getType()).isEqualTo(Type.IXFR);
      }
      await().untilAsserted(() -> assertThat(server.counters().handedOn()).isEqualTo(3));
    }
  }

  @Test
  void goesOnAfterWhatTakesOtherMessagesFailed() throws Exception {
    SlowPath broken =
        request -> {
          throw new IllegalStateException("a fault of the slow path");
        };
    try (DnsServer server =
        DnsServer.start(
            vertx,
            List.of(IPV4),
            DnsServerSettings.DEFAULT.withUdp(new UdpSettings(path, 1, 1232)),
            new Published<>(CATALOG),
            Optional.of(broken))) {
      Endpoint address = server.addresses().getFirst();
      assertThat(askUdp(address, "IXFR").getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(askUdp(address).getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(server.counters().failures()).isEqualTo(1);
    }
  }

  @Test
  void goesOnAfterScraps() throws Exception {
    try (DnsServer server = start(IPV4);
        DatagramSocket socket = new DatagramSocket()) {
      Endpoint address = server.addresses().getFirst();
      for (int length : new int[] {0, 1, 11, 12, 500, 9000}) {
        socket.send(new DatagramPacket(new byte[length], length, address.toSocketAddress()));
      }
      assertThat(askUdp(address).getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(server.counters().failures()).isZero();
    }
  }

  @Test
  void runsTwoServersInOneProcess() throws Exception {
    try (DnsServer one = start(IPV4);
        DnsServer other = start(1, new Published<>(Catalog.empty()), IPV4)) {
      assertThat(askUdp(one.addresses().getFirst()).getRcode()).isEqualTo(Rcode.NOERROR);
      assertThat(askUdp(other.addresses().getFirst()).getRcode()).isEqualTo(Rcode.REFUSED);
    }
  }

  @Test
  void saysWhichAddressIsTakenAndWhatToDo() throws Exception {
    for (int workers : new int[] {1, 2}) {
      try (DnsServer server = start(workers, IPV4)) {
        Endpoint taken = server.addresses().getFirst();
        assertThatThrownBy(() -> start(workers, taken).close())
            .isInstanceOf(IOException.class)
            .hasMessageContaining("cannot listen on " + taken + " over UDP")
            .hasMessageContaining("another process or server has this address");
      }
    }
  }

  @Test
  void freesUdpWhenTcpIsTaken() throws Exception {
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Endpoint endpoint = new Endpoint(InetAddress.ofLiteral("127.0.0.1"), taken.getLocalPort());
      assertThatThrownBy(() -> start(endpoint).close())
          .hasMessageContaining("over TCP")
          .hasMessageContaining("another process or server has this address");
      new DatagramSocket(endpoint.toSocketAddress()).close();
    }
  }

  @Test
  void saysThatNoInterfaceHasTheAddress() {
    Endpoint elsewhere = Endpoint.parse("192.0.2.1:5300");
    assertThatThrownBy(() -> start(elsewhere).close())
        .hasMessageContaining("cannot listen on 192.0.2.1:5300")
        .hasMessageContaining("no interface of this machine has the address");
  }

  @Test
  void refusesWildcardAddresses() {
    assertThatThrownBy(() -> start(Endpoint.parse("0.0.0.0:53")).close())
        .hasMessageContaining("listen address: 0.0.0.0:53 (expected each address by itself");
  }

  @Test
  void freesItsAddressesWhenItCloses() throws Exception {
    DnsServer server = start(IPV4);
    Endpoint address = server.addresses().getFirst();
    server.close();
    try (DnsServer again = start(address)) {
      assertThat(askUdp(again.addresses().getFirst()).getRcode()).isEqualTo(Rcode.NOERROR);
    }
    // A socket that is given the same port by chance connects to itself: then ask again.
    await()
        .untilAsserted(
            () -> assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class));
  }

  private static void connect(Endpoint address) throws IOException {
    try (Socket socket = new Socket(address.address(), address.port())) {
      assertThat(socket.isConnected()).as("%s", socket).isFalse();
    }
  }

  @Test
  void satisfiesDig() throws Exception {
    Path dig = Path.of("/usr/bin/dig");
    assumeTrue(Files.isExecutable(dig), "skipped: dig is not installed (package bind9-dnsutils)");
    try (DnsServer server = start(IPV4)) {
      int port = server.addresses().getFirst().port();
      for (String transport : new String[] {"+notcp", "+tcp"}) {
        Process process =
            new ProcessBuilder(
                    dig.toString(),
                    "@127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    transport,
                    "+norecurse",
                    "+subnet=198.51.100.0/24",
                    "+dnssec",
                    "www.example.test",
                    "A")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
            .contains("status: NOERROR", "flags: qr aa;", "192.0.2.1")
            .contains("CLIENT-SUBNET: 198.51.100.0/24/0")
            .contains("udp: 1232")
            .doesNotContain("WARNING", "mismatch", "malformed");
      }
    }
  }
}
