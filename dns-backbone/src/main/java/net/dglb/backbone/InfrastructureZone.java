package net.dglb.backbone;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.dns.keys.KeyChain;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.sign.ZoneSigner;
import net.dglb.dns.zone.Names;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.ZoneException;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.time.Timeline;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * The zone that holds the names of the backbone's name servers. It is small: every node signs it as
 * a whole, by itself, with the keys that all nodes have. Belongs to the control thread.
 */
final class InfrastructureZone {

  private static final long REFRESH_SECONDS = 3600;
  private static final long RETRY_SECONDS = 600;
  private static final long EXPIRE_SECONDS = 86_400;
  private static final long NEGATIVE_SECONDS = 60;

  private final DomainName apex;
  private final Supplier<ReferSettings> settings;
  private final Supplier<SignatureLifetime> lifetime;
  private final Supplier<KeyChain> keys;
  private final RandomGenerator random;
  private final Timeline timeline;
  private List<BackbonePeer> servers = List.of();
  private KeyChain signed = KeyChain.EMPTY;
  private List<Record> records = List.of();
  private Instant renewal = Instant.MAX;

  /**
   * Compiles nothing yet.
   *
   * @param settings what the SOA record says, and the TTL of every record
   * @param keys that sign now
   */
  InfrastructureZone(
      DomainName apex,
      Supplier<ReferSettings> settings,
      Supplier<SignatureLifetime> lifetime,
      Supplier<KeyChain> keys,
      RandomGenerator random,
      Timeline timeline) {
    this.apex = apex;
    this.settings = settings;
    this.lifetime = lifetime;
    this.keys = keys;
    this.random = random;
    this.timeline = timeline;
  }

  /** Whether it would be another one now. */
  boolean isDue(List<BackbonePeer> nodes) {
    return !nodes.equals(servers)
        || !keys.get().equals(signed)
        || !timeline.now().isBefore(renewal);
  }

  /** Has it made anew the next time. */
  void forget() {
    servers = List.of();
  }

  /**
   * Compiles it.
   *
   * @param nodes all backbone nodes known, this one first
   */
  StaticZone compile(List<BackbonePeer> nodes, long serial) {
    servers = nodes;
    signed = keys.get();
    List<Record> plain = plain(nodes, serial);
    if (signed.isEmpty()) {
      records = plain;
      renewal = Instant.MAX;
    } else {
      SignatureLifetime now = lifetime.get();
      Duration half = now.least().dividedBy(2);
      RecordSigner signer = new RecordSigner(apex, signed.signing(), now, timeline::now, random);
      records =
          new ZoneSigner(signer, half, timeline::now)
              .sign(plain, List.of(), records, UnaryOperator.identity());
      renewal = ZoneSigner.firstEnd(records).minus(half);
    }
    try {
      return StaticZone.compile(apex, records);
    } catch (ZoneException e) {
      throw new IllegalStateException("infrastructure zone " + apex + ": " + e.getMessage(), e);
    }
  }

  private List<Record> plain(List<BackbonePeer> nodes, long serial) {
    List<Record> plain = new ArrayList<>();
    Name origin = Names.of(apex);
    ReferSettings says = settings.get();
    long ttl = says.zoneTtlSeconds();
    plain.add(
        new SOARecord(
            origin,
            DClass.IN,
            ttl,
            Names.of(nodes.getFirst().name()),
            Names.of(says.contact()),
            serial & 0xffffffffL,
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            Math.min(ttl, NEGATIVE_SECONDS)));
    for (BackbonePeer peer : nodes) {
      if (peer.name().isBelow(apex)) {
        Name owner = Names.of(peer.name());
        plain.add(new NSRecord(origin, DClass.IN, ttl, owner));
        peer.addresses().forEach(address -> plain.add(address(owner, ttl, address)));
      }
    }
    for (SigningKey key : signed.published()) {
      plain.add(record(origin, Type.DNSKEY, ttl, key.dnskey()));
    }
    signed
        .announced()
        .ifPresent(key -> {
          plain.add(record(origin, Type.CDS, ttl, key.ds(apex)));
          plain.add(record(origin, Type.CDNSKEY, ttl, key.dnskey()));
        });
    return plain;
  }

  private static Record record(Name owner, int type, long ttl, byte[] data) {
    return Record.newRecord(owner, type, DClass.IN, ttl, data);
  }

  private static Record address(Name owner, long ttl, InetAddress address) {
    return AddressFamily.of(address) == AddressFamily.IPV4
        ? new ARecord(owner, DClass.IN, ttl, address)
        : new AAAARecord(owner, DClass.IN, ttl, address);
  }
}
