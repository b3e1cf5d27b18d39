package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Section;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * A zone of one name: SOA, name servers and addresses at the apex, nothing below. A label's zone at
 * a load balancer; a new ranking makes a new zone.
 */
public final class AddressZone implements Zone {

  // What addresses has if it is the same for all: then a query looks at nothing else here.
  private final @Nullable RecordSet onlyIpv4;
  private final @Nullable RecordSet onlyIpv6;

  private final DomainName apex;
  private final RecordSet soa;
  private final RecordSet negativeSoa;
  private final RecordSet nameServers;
  private final AddressSets addresses;
  private final @Nullable RecordSet keys;
  private final @Nullable RecordSet denial;

  /**
   * Compiles the zone.
   *
   * @param nameServers at least one; the NS set
   * @param addresses what is answered to whom
   */
  public AddressZone(
      DomainName apex,
      SoaSettings soa,
      List<DomainName> nameServers,
      int nsTtlSeconds,
      AddressSets addresses) {
    this.apex = apex;
    this.soa = soa.compile(apex);
    this.negativeSoa = soa.compileNegative(apex);
    RecordSetBuilder ns = new RecordSetBuilder(RecordType.NS, nsTtlSeconds, apex);
    nameServers.forEach(ns::name);
    this.nameServers = ns.build();
    this.addresses = addresses;
    this.onlyIpv4 = addresses.ipv4().sameForAll();
    this.onlyIpv6 = addresses.ipv6().sameForAll();
    this.keys = null;
    this.denial = null;
  }

  /**
   * Compiles a zone that was signed in advance.
   *
   * @param signed at least what may be answered; records that are not among it are left out
   * @param nsTtlSeconds of the NS set, at most as long as was signed
   * @param negativeTtlSeconds the same of negative answers
   */
  public AddressZone(
      DomainName apex,
      SignedRecords signed,
      int nsTtlSeconds,
      int negativeTtlSeconds,
      AddressSets addresses) {
    this.apex = apex;
    this.soa = signed.set(RecordType.SOA, Integer.MAX_VALUE);
    this.negativeSoa = signed.set(RecordType.SOA, negativeTtlSeconds);
    this.nameServers = signed.set(RecordType.NS, nsTtlSeconds);
    this.keys = signed.set(RecordType.DNSKEY, Integer.MAX_VALUE);
    this.addresses =
        new AddressSets(
            addresses.ipv4().with(signed::sign),
            addresses.ipv6().with(signed::sign),
            addresses.https().with(signed::sign));
    this.onlyIpv4 = this.addresses.ipv4().sameForAll();
    this.onlyIpv6 = this.addresses.ipv6().sameForAll();
    this.denial =
        signed.denial(
            this.addresses.ipv4().isSome(), this.addresses.ipv6().isSome(), negativeTtlSeconds);
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    answerAt(query.apexLabel(), query, answer);
  }

  /**
   * Answers a question that another zone received.
   *
   * @param apexLabel the label of the question at which this zone begins
   */
  public void answerAt(int apexLabel, Query query, Answer answer) {
    answer.authoritative(true);
    RecordSet set = apexLabel > 0 ? null : setFor(query, answer);
    if (set != null) {
      append(answer, set, apexLabel);
      return;
    }
    if (apexLabel > 0) {
      answer.rcode(Rcode.NXDOMAIN);
    }
    answer.section(Section.AUTHORITY);
    append(answer, negativeSoa, apexLabel);
    if (denial != null && query.dnssecOk()) {
      append(answer, denial, apexLabel);
    }
  }

  private static void append(Answer answer, RecordSet set, int apexLabel) {
    answer.append(set, Answer.NO_PREFIX, apexLabel, apexLabel, set.ttlSeconds());
  }

  private @Nullable RecordSet sameForAll(int type) {
    return switch (type) {
      case RecordType.A -> onlyIpv4;
      case RecordType.AAAA -> onlyIpv6;
      default -> null;
    };
  }

  private @Nullable RecordSet setFor(Query query, Answer answer) {
    RecordSet same = sameForAll(query.type());
    if (same != null) {
      answer.subnetScope(0);
      return same;
    }
    return switch (query.type()) {
      case RecordType.NS -> nameServers;
      case RecordType.SOA -> soa;
      case RecordType.DNSKEY -> keys;
      case RecordType.NSEC -> denial;
      case RecordType.RRSIG -> soa.signatures(); // of one set, as RFC 8482 section 4.1 has it
      case RecordType.ANY -> {
        RecordSet set = addresses.find(query, answer);
        yield set == null ? soa : set;
      }
      default -> addresses.find(query, answer);
    };
  }
}
