package net.dglb.backbone;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;

/** The zone that holds the names of the backbone's name servers. */
final class InfrastructureZone {

  private static final long TTL_SECONDS = 3600;
  private static final long REFRESH_SECONDS = 3600;
  private static final long RETRY_SECONDS = 600;
  private static final long EXPIRE_SECONDS = 86_400;
  private static final long NEGATIVE_SECONDS = 60;

  private InfrastructureZone() {}

  /**
   * Compiles the zone.
   *
   * @param peers all backbone nodes known, this one first
   */
  static StaticZone compile(
      DomainName apex, DomainName contact, List<BackbonePeer> peers, long serial) {
    List<Record> records = new ArrayList<>();
    Name origin = name(apex);
    records.add(
        new SOARecord(
            origin,
            DClass.IN,
            TTL_SECONDS,
            name(peers.getFirst().name()),
            name(contact),
            serial & 0xffffffffL,
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            NEGATIVE_SECONDS));
    for (BackbonePeer peer : peers) {
      if (peer.name().isBelow(apex)) {
        Name owner = name(peer.name());
        records.add(new NSRecord(origin, DClass.IN, TTL_SECONDS, owner));
        peer.addresses().forEach(address -> records.add(address(owner, address)));
      }
    }
    try {
      return StaticZone.compile(apex, records);
    } catch (ZoneException e) {
      throw new IllegalStateException("infrastructure zone " + apex + ": " + e.getMessage(), e);
    }
  }

  private static Record address(Name owner, InetAddress address) {
    return AddressFamily.of(address) == AddressFamily.IPV4
        ? new ARecord(owner, DClass.IN, TTL_SECONDS, address)
        : new AAAARecord(owner, DClass.IN, TTL_SECONDS, address);
  }

  private static Name name(DomainName name) {
    try {
      return Name.fromString(name.labels().isEmpty() ? "." : name + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
