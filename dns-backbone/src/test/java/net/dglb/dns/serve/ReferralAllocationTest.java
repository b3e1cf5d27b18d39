package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.refer.Backbone;
import net.dglb.backbone.refer.Referrals;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.node.Published;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** In steady state a query to a backbone node costs no garbage, whatever is answered. */
class ReferralAllocationTest {

  private static final int WARM_UP = 30_000;
  private static final int MEASURED = 100_000;

  /** The compiler may still be at work in the first rounds. */
  private static final int ROUNDS = 10;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(4096);

  @ParameterizedTest
  @CsvSource({
    "main, www.lb.foobar.test., A, 203.0.113.53",
    "main, www.lb.foobar.test., AAAA, 8.8.4.4",
    "main, www.lb.foobar.test., A, 9.9.9.9",
    "main, shop.foobar.test., MX, 203.0.113.53",
    "main, lb-nyc.www.lb.foobar.test., A, 203.0.113.53",
    "main, lb-tyo.www.lb.foobar.test., A, 203.0.113.53",
    "main, lb-nyc.ns.lb.foobar.test., A, 203.0.113.53",
    "main, cdn.lb.foobar.test., A, 203.0.113.53",
    "main, nothing.lb.foobar.test., A, 203.0.113.53",
    "estimated, www.lb.foobar.test., A, 9.9.9.9",
    "estimated, www.lb.foobar.test., AAAA, 9.9.9.9",
    "estimated, www.lb.foobar.test., MX, 9.9.9.9",
    "signed, www.lb.foobar.test., A, 203.0.113.53",
    "signed, lb-nyc.www.lb.foobar.test., A, 203.0.113.53",
    "signed, lb-nyc.ns.lb.foobar.test., A, 203.0.113.53",
    "signed, nothing.lb.foobar.test., A, 203.0.113.53",
    "direct, www.lb.foobar.test., A, 203.0.113.53",
    "direct, www.lb.foobar.test., MX, 203.0.113.53",
    "label, lb-nyc.www.lb.foobar.test., A, 203.0.113.53",
    "label, lb-tyo.www.lb.foobar.test., AAAA, 203.0.113.53",
    "label, www.lb.foobar.test., A, 203.0.113.53",
  })
  void allocatesNothingPerQuery(String address, String name, String type, String source) {
    Backbone backbone = new Backbone();
    backbone.indexes.locations(
        new FallbackTable.Builder(1).located(Prefix.parse("9.9.9.0/24"), Samples.TOKYO).build());
    boolean signed = address.equals("signed") || address.equals("direct");
    if (address.equals("direct")) {
      backbone.zones = backbone.zones.stream().map(Samples::direct).toList();
    }
    if (signed) {
      OnlineSigning signing =
          new OnlineSigning(
              SigningSettings.DEFAULT, backbone.timeline::now, new Random(1), System::nanoTime);
      backbone.signs(
          DomainName.of("lb.foobar.test"),
          signing,
          SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT));
    }
    backbone.serves(Samples.WWW, "lb-nyc", "lb-lon").serves(Samples.SHOP, "lb-nyc");
    boolean estimated = address.equals("estimated");
    Referrals referrals = estimated ? estimated(backbone, source) : backbone.compile();
    List<Zone> zones = new ArrayList<>();
    zones.addAll(address.equals("label") ? referrals.labelZones() : referrals.zones());
    QueryProcessor processor =
        new QueryProcessor(
            new Published<>(Catalog.of(zones)),
            MessageLimits.UDP_PAYLOAD_MAX,
            new WorkerCounters());
    processor.source().set(InetAddress.ofLiteral(source));
    String subnet = estimated ? "100.65.1.0/24" : "100.64.1.0/24";
    Message query = Backbone.query(name, Type.value(type), subnet);
    if (signed) {
      query = withDnssec(query);
    }
    byte[] wire = query.toWire();
    run(processor, wire, WARM_UP);
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      allocated = allocatedBy(processor, wire);
      if (allocated == 0) {
        break;
      }
    }

    assertThat(allocated).as("octets for %d queries", MEASURED).isZero();
  }

  /** What is served once the place of a resolver is estimated. */
  private static Referrals estimated(Backbone backbone, String source) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    Samples.service(Samples.WWW)
        .targets()
        .forEach(target ->
            states.put(
                target,
                new SiteState(
                    Optional.of(new Estimate(50, 0, 9, backbone.timeline.now())), Health.UP)));
    backbone.estimates.put("lb-nyc", states);
    backbone.ask("www.lb.foobar.test.", Type.A, source);
    backbone.compile().collectPlaces(backbone.places::wanted);
    backbone.places.tick();
    backbone.timeline.runDue();
    assertThat(
            Backbone.records(backbone.ask("www.lb.foobar.test.", Type.A, source), Section.ANSWER))
        .singleElement()
        .asString()
        .contains(" A ");
    return backbone.compile();
  }

  private static Message withDnssec(Message query) {
    query.removeAllRecords(Section.ADDITIONAL);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  private long allocatedBy(QueryProcessor processor, byte[] wire) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(processor, wire, MEASURED);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void run(QueryProcessor processor, byte[] wire, int times) {
    for (int i = 0; i < times; i++) {
      packet.put(0, wire);
      processor.process(packet, wire.length, Transport.UDP);
    }
  }
}
