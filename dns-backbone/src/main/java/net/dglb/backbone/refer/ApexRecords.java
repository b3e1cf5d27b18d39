package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Ttls;
import net.dglb.service.ZoneTexts;

/** Compiles the records at the apex of an enterprise zone. */
final class ApexRecords {

  private static final int REFRESH_SECONDS = 3600;
  private static final int RETRY_SECONDS = 600;
  private static final int EXPIRE_SECONDS = 86400;
  private static final int NEGATIVE_SECONDS = 60;

  private ApexRecords() {}

  static ZoneRecords of(
      EnterpriseZone zone,
      List<DomainName> nameServers,
      ReferSettings settings,
      Optional<SignedZone> signed) {
    int ttl = settings.zoneTtlSeconds();
    SoaSettings soa =
        new SoaSettings(
            nameServers.getFirst(),
            settings.contact(),
            ZoneTexts.NONE.serial(zone.version()),
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            NEGATIVE_SECONDS,
            ttl);
    List<RecordSet> keys = signed.map(how -> keys(zone.origin(), how, ttl)).orElse(List.of());
    IntStream types = IntStream.of(RecordType.SOA, RecordType.NS);
    return new ZoneRecords(
        soa,
        soa.compile(zone.origin()),
        soa.compileNegative(zone.origin()),
        nameServers(zone, nameServers),
        keys,
        new AddressBitmaps(
            IntStream.concat(types, keys.stream().mapToInt(RecordSet::type)).toArray()));
  }

  private static RecordSet nameServers(EnterpriseZone zone, List<DomainName> nameServers) {
    int seconds =
        zone.services().stream()
            .mapToInt(service -> (int) service.ttls().delegation().toSeconds())
            .min()
            .orElse((int) Ttls.DEFAULT.delegation().toSeconds());
    RecordSetBuilder ns = new RecordSetBuilder(RecordType.NS, seconds, zone.origin());
    nameServers.forEach(ns::name);
    return ns.build();
  }

  /** The keys, and what the parent is to have of them (RFC 7344). */
  private static List<RecordSet> keys(DomainName origin, SignedZone signed, int ttl) {
    List<RecordSet> sets = new ArrayList<>();
    set(RecordType.DNSKEY, ttl, origin, signed.published(), SigningKey::dnskey).forEach(sets::add);
    set(RecordType.CDS, ttl, origin, signed.announced(), key -> key.ds(origin)).forEach(sets::add);
    set(RecordType.CDNSKEY, ttl, origin, signed.announced(), SigningKey::dnskey).forEach(sets::add);
    return sets;
  }

  private static Stream<RecordSet> set(
      int type,
      int ttlSeconds,
      DomainName origin,
      List<SigningKey> keys,
      Function<SigningKey, byte[]> data) {
    if (keys.isEmpty()) {
      return Stream.empty();
    }
    RecordSetBuilder set = new RecordSetBuilder(type, ttlSeconds, origin);
    keys.forEach(key -> set.data(data.apply(key)));
    return Stream.of(set.build());
  }
}
