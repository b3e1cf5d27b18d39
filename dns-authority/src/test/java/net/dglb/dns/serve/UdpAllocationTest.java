package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.dns.linux.NativeAccess;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import org.junit.jupiter.api.Test;

/** The whole way of a UDP query, system calls included, costs no garbage on the native path. */
class UdpAllocationTest {

  private static final int WARM_UP = 200_000;
  private static final int MEASURED = 1_000_000;

  /** The compiler may still be at work in the first rounds. */
  private static final int ROUNDS = 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocatesNothingForAMillionQueries() throws Exception {
    assumeTrue(NativeAccess.isAvailable(), NativeAccess.obstacle());
    Vertx vertx = Vertx.vertx();
    Published<Catalog> catalog =
        new Published<>(
            Catalog.of(
                List.of(
                    new LooksUpSources(
                        Asked.zone(
                            "example.test",
                            "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\n")))));
    DnsServerSettings settings =
        DnsServerSettings.DEFAULT
            .withUdp(new UdpSettings(UdpPath.NATIVE, 1, 1232))
            .withGuards(new GuardSettings(10_000_000, 2, 20, List.of(), List.of()));
    try (DnsServer server =
            DnsServer.start(
                vertx,
                List.of(Endpoint.parse("127.0.0.1:0")),
                settings,
                catalog,
                Optional.empty());
        DatagramChannel client = DatagramChannel.open()) {
      server.use((_, _, _) -> false, Optional.empty());
      Endpoint address = server.addresses().getFirst();
      client.connect(address.toSocketAddress());
      long worker = threadNamed("dns-udp-" + address.port() + "-0");
      ask(server, client, WARM_UP);
      long allocated = -1;
      for (int round = 0; round < ROUNDS && allocated != 0; round++) {
        long before = threads.getThreadAllocatedBytes(worker);
        ask(server, client, MEASURED);
        allocated = threads.getThreadAllocatedBytes(worker) - before;
      }
      assertThat(allocated).as("octets for %d queries", MEASURED).isZero();
      assertThat(server.counters().answersByRcode().get("NOERROR"))
          .isGreaterThanOrEqualTo(WARM_UP + MEASURED);
    } finally {
      vertx.close().await();
    }
  }

  /** As a backbone's zones do, so that sources are looked up ahead. */
  private record LooksUpSources(Zone zone) implements Zone {

    private static final PrefixTable SOURCES =
        PrefixTable.empty().with(Map.of(Prefix.parse("127.0.0.1/32"), 1));

    @Override
    public DomainName apex() {
      return zone.apex();
    }

    @Override
    public void answer(Query query, Answer answer) {
      zone.answer(query, answer);
    }

    @Override
    public List<PrefixTable> sourceTables() {
      return List.of(SOURCES);
    }
  }

  private long threadNamed(String name) {
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals(name))
        .mapToLong(ThreadInfo::getThreadId)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no thread " + name));
  }

  /** Sends until so many were answered; answers that do not fit in the socket are dropped. */
  private static void ask(DnsServer server, DatagramChannel client, int count) throws Exception {
    ByteBuffer query = ByteBuffer.allocateDirect(512);
    query.put(Asked.query("www.example.test", "A").toWire()).flip();
    long goal = queries(server) + count;
    while (queries(server) < goal) {
      for (int i = 0; i < 500; i++) {
        client.write(query.rewind());
      }
    }
  }

  private static long queries(DnsServer server) {
    return server.counters().queriesByTransport().getOrDefault("udp", 0L);
  }
}
