package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import net.dglb.dns.sign.SignedZones;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.AnswerSet;
import net.dglb.dns.zone.Selection;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.net.PrefixSlots;
import net.dglb.node.Published;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** In steady state a query costs no garbage, whatever is answered. */
class AllocationTest {

  private static final int WARM_UP = 50_000;
  private static final int MEASURED = 1_000_000;

  /** The compiler may still be at work in the first rounds. */
  private static final int ROUNDS = 10;

  private static final DomainName LABEL = DomainName.of("lb-1.www.example.test");
  private static final DomainName BY_PREFIX = DomainName.of("by-prefix.www.example.test");
  private static final DomainName IN_TURN = DomainName.of("in-turn.www.example.test");

  private static final List<Record> SIGNED =
      SignedZones.records(
          "signed.test",
          """
          @ 60 SOA ns admin 1 1 1 1 60
          @ 60 NS ns
          ns 60 A 192.0.2.4
          www 60 A 192.0.2.1
          alias 60 CNAME x.wild
          *.wild 60 A 192.0.2.2
          open 60 NS ns.open
          ns.open 60 A 192.0.2.3
          safe 60 NS ns.safe
          safe 60 DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
          """,
          SignedZones.key());

  private final WorkerCounters counters = new WorkerCounters();
  private final QueryProcessor processor =
      new QueryProcessor(
          new Published<>(Catalog.of(zones())), MessageLimits.UDP_PAYLOAD_MAX, counters);
  private final ByteBuffer packet = ByteBuffer.allocateDirect(4096);

  private static List<Zone> zones() {
    return List.of(
        Asked.zone(
            "example.test",
            """
            @ 60 SOA ns admin 1 1 1 1 60
            @ 60 NS ns
            www 60 A 192.0.2.1
            alias 60 CNAME www
            *.wild 60 A 192.0.2.2
            sub 60 NS ns.sub
            ns.sub 60 A 192.0.2.3
            """),
        Asked.zone("signed.test", SignedZones.text(SIGNED)),
        label(
            LABEL,
            AddressSets.of(
                60,
                List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")))),
        label(BY_PREFIX, spread(false)),
        label(IN_TURN, spread(true)));
  }

  private static Zone label(DomainName apex, AddressSets addresses) {
    return new AddressZone(
        apex,
        new SoaSettings(apex, apex, 1, 1, 1, 1, 1, 1),
        List.of(DomainName.of("ns.example.test")),
        60,
        addresses);
  }

  private static AddressSets spread(boolean perQuery) {
    List<Integer> slots = IntStream.range(0, PrefixSlots.COUNT).mapToObj(it -> it % 2).toList();
    Map<Prefix, Integer> map = Map.of(Prefix.parse("198.51.100.0/24"), 1);
    List<InetAddress> addresses =
        List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("192.0.2.2"));
    AnswerSet set =
        AnswerSet.ofAddresses(
            RecordType.A,
            60,
            List.of(addresses, addresses.reversed()),
            true,
            new Selection(perQuery, map, List.of(slots, List.of(0)), 0),
            List.of(new LongAdder(), new LongAdder()));
    return new AddressSets(set, AnswerSet.none(), set);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.test, A, NOERROR",
    "www.example.test, AAAA, NOERROR",
    "missing.example.test, A, NXDOMAIN",
    "alias.example.test, A, NOERROR",
    "a.b.wild.example.test, A, NOERROR",
    "x.sub.example.test, A, NOERROR",
    "lb-1.www.example.test, A, NOERROR",
    "lb-1.www.example.test, AAAA, NOERROR",
    "by-prefix.www.example.test, A, NOERROR",
    "by-prefix.www.example.test, AAAA, NOERROR",
    "in-turn.www.example.test, A, NOERROR",
    "x.lb-1.www.example.test, A, NXDOMAIN",
    "example.org, A, REFUSED",
  })
  void allocatesNothingPerQuery(String name, String type, String rcode) {
    measure(name, type, rcode, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "www.signed.test, A, NOERROR",
    "www.signed.test, AAAA, NOERROR",
    "missing.signed.test, A, NXDOMAIN",
    "alias.signed.test, A, NOERROR",
    "a.b.wild.signed.test, A, NOERROR",
    "x.open.signed.test, A, NOERROR",
    "x.safe.signed.test, A, NOERROR",
    "signed.test, DNSKEY, NOERROR",
    "signed.test, NS, NOERROR",
  })
  void signaturesAndProofsCostNoAllocation(String name, String type, String rcode) {
    measure(name, type, rcode, ExtendedFlags.DO);
  }

  private void measure(String name, String type, String rcode, int flags) {
    Message query = Asked.query(name, type);
    query.addRecord(
        new OPTRecord(
            1232,
            0,
            0,
            flags,
            List.of(new ClientSubnetOption(24, InetAddress.ofLiteral("192.0.2.0")))),
        Section.ADDITIONAL);
    byte[] wire = query.toWire();
    processor.source().set(Asked.SOURCE);
    run(wire, WARM_UP);
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      allocated = allocatedBy(wire);
      if (allocated == 0) {
        break;
      }
    }
    assertThat(allocated).as("octets for %d queries", MEASURED).isZero();
    assertThat(CounterReader.read(List.of(counters)).answersByRcode().get(rcode))
        .isGreaterThanOrEqualTo(WARM_UP + MEASURED);
  }

  private long allocatedBy(byte[] wire) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(wire, MEASURED);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void run(byte[] wire, int times) {
    for (int i = 0; i < times; i++) {
      packet.put(0, wire);
      processor.process(packet, wire.length, Transport.UDP);
    }
  }
}
