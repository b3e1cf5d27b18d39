package net.dglb.bench.dns;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.sign.ZoneSigner;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Zones for measurements: services {@code svc0.example.test}, {@code svc1.example.test} ... */
final class BenchZones {

  static final DomainName ORIGIN = DomainName.of("example.test");

  private static final int TTL_SECONDS = 60;

  private BenchZones() {}

  static DomainName service(int number) {
    return ORIGIN.child("svc" + number);
  }

  /** As a load balancer answers: each service is a zone of its own. */
  static List<Zone> balanced(int services) {
    List<InetAddress> addresses =
        List.of(AddressLiteral.parse("192.0.2.1"), AddressLiteral.parse("2001:db8::1"));
    SoaSettings soa =
        new SoaSettings(ORIGIN.child("ns1"), ORIGIN.child("hostmaster"), 1, 60, 60, 60, 60, 60);
    List<Zone> zones = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      zones.add(
          new AddressZone(
              service(i),
              soa,
              List.of(ORIGIN.child("ns1")),
              TTL_SECONDS,
              AddressSets.of(TTL_SECONDS, addresses)));
    }
    return zones;
  }

  /** As an authority answers: one zone with a name for each service. */
  static List<Zone> fromRecords(int services) throws ZoneException {
    return List.of(StaticZone.compile(ORIGIN, records(services)));
  }

  /** The same zone, signed. */
  static List<Zone> signed(int services) throws ZoneException {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    List<Record> records = records(services);
    records.add(
        Record.newRecord(
            Name.fromConstantString(ORIGIN + "."),
            Type.DNSKEY,
            DClass.IN,
            TTL_SECONDS,
            key.dnskey()));
    InstantSource clock = InstantSource.system();
    RecordSigner signer =
        new RecordSigner(
            ORIGIN, List.of(key), SignatureLifetime.DEFAULT, clock, new SecureRandom());
    List<Record> signed =
        new ZoneSigner(signer, Duration.ofDays(1), clock)
            .sign(records, List.of(), List.of(), numbered -> numbered);
    return List.of(StaticZone.compile(ORIGIN, signed));
  }

  private static List<Record> records(int services) {
    List<Record> records = new ArrayList<>();
    records.add(
        record(ORIGIN, Type.SOA, "ns1.example.test. hostmaster.example.test. 1 60 60 60 60"));
    records.add(record(ORIGIN, RecordType.NS, "ns1.example.test."));
    records.add(record(ORIGIN.child("ns1"), RecordType.A, "127.0.0.1"));
    for (int i = 0; i < services; i++) {
      records.add(record(service(i), RecordType.A, "192.0.2.1"));
      records.add(record(service(i), RecordType.AAAA, "2001:db8::1"));
    }
    return records;
  }

  private static Record record(DomainName owner, int type, String data) {
    try {
      Name name = Name.fromString(owner.toString(), Name.root);
      return Record.fromString(name, type, DClass.IN, TTL_SECONDS, data, Name.root);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("a made-up record does not parse", e);
    }
  }
}
