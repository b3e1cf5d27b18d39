package net.dglb.dns.zone;

import java.net.Inet4Address;
import java.net.InetAddress;
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
  private final @Nullable RecordSet ipv4;
  private final @Nullable RecordSet ipv6;

  /**
   * Compiles the zone.
   *
   * @param nameServers at least one; the NS set
   * @param addresses in the order in which they are answered, both families mixed; a family without
   *     an address is answered with NODATA
   */
  public AddressZone(
      DomainName apex,
      SoaSettings soa,
      List<DomainName> nameServers,
      int nsTtlSeconds,
      int addressTtlSeconds,
      List<InetAddress> addresses) {
    this.apex = apex;
    this.soa = soa.compile(apex);
    this.negativeSoa = soa.compileNegative(apex);
    RecordSetBuilder ns = new RecordSetBuilder(RecordType.NS, nsTtlSeconds, apex);
    nameServers.forEach(ns::name);
    this.nameServers = ns.build();
    this.ipv4 = compile(RecordType.A, addressTtlSeconds, ofFamily(addresses, true));
    this.ipv6 = compile(RecordType.AAAA, addressTtlSeconds, ofFamily(addresses, false));
  }

  private static List<InetAddress> ofFamily(List<InetAddress> addresses, boolean four) {
    return addresses.stream().filter(address -> address instanceof Inet4Address == four).toList();
  }

  private @Nullable RecordSet compile(int type, int ttlSeconds, List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      return null;
    }
    RecordSetBuilder set = new RecordSetBuilder(type, ttlSeconds, apex);
    addresses.forEach(set::address);
    return set.build();
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
    RecordSet set = setFor(query.type());
    if (set == null) {
      NegativeAnswer.noData(query, answer, negativeSoa);
      return;
    }
    answer.authoritative(true);
    answer.append(set, 0);
  }

  private @Nullable RecordSet setFor(int type) {
    return switch (type) {
      case RecordType.A -> ipv4;
      case RecordType.AAAA -> ipv6;
      case RecordType.NS -> nameServers;
      case RecordType.SOA -> soa;
      case RecordType.ANY -> ipv4 != null ? ipv4 : ipv6 != null ? ipv6 : soa; // RFC 8482 4.1
      default -> null;
    };
  }
}
