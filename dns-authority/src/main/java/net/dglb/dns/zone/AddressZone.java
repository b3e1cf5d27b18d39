package net.dglb.dns.zone;

import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * A zone of one name: SOA, name servers and addresses at the apex, nothing below. A label's zone at
 * a load balancer; a new ranking makes a new zone.
 */
public final class AddressZone implements Zone {

  private final DomainName apex;
  private final RecordSet soa;
  private final RecordSet negativeSoa;
  private final RecordSet nameServers;
  private final AddressSets addresses;

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
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    if (query.apexLabel() > 0) {
      NegativeAnswer.nameError(query, answer, negativeSoa);
      return;
    }
    RecordSet set = setFor(query, answer);
    if (set == null) {
      NegativeAnswer.noData(query, answer, negativeSoa);
      return;
    }
    answer.authoritative(true);
    answer.append(set, 0);
  }

  private @Nullable RecordSet setFor(Query query, Answer answer) {
    return switch (query.type()) {
      case RecordType.NS -> nameServers;
      case RecordType.SOA -> soa;
      case RecordType.ANY -> {
        RecordSet set = addresses.find(query, answer);
        yield set == null ? soa : set;
      }
      default -> addresses.find(query, answer);
    };
  }
}
