package net.dglb.dns.sign;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.WireName;
import net.dglb.net.DomainName;

/**
 * Signs the record sets of one zone (RFC 4034 section 3), each with every key that it has. For all
 * threads if its clock and randomness are; one signature takes 30 to 500 microseconds, so never for
 * DNS threads.
 */
public final class RecordSigner {

  private static final int CLASS_IN = 1;
  private static final int FIXED_OCTETS = 18;
  private static final int RECORD_HEADER_OCTETS = 10;

  private final DomainName zone;
  private final byte[] signer;
  private final List<SigningKey> keys;
  private final SignatureLifetime lifetime;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Takes its parts.
   *
   * @param keys at least one
   */
  public RecordSigner(
      DomainName zone,
      List<SigningKey> keys,
      SignatureLifetime lifetime,
      InstantSource clock,
      RandomGenerator random) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys of " + zone + ": none (expected one or more)");
    }
    this.zone = zone;
    this.signer = zone.toWire();
    this.keys = List.copyOf(keys);
    this.lifetime = lifetime;
    this.clock = clock;
    this.random = random;
  }

  /** The zone whose record sets it signs. */
  public DomainName zone() {
    return zone;
  }

  /** The keys that it signs with. */
  public List<SigningKey> keys() {
    return keys;
  }

  /**
   * A compiled set, with its signatures.
   *
   * @param owner the name that owns the set, in wire form; a wildcard for itself
   * @param suffix what the set was compiled against, in wire form
   */
  public RecordSet sign(RecordSet set, byte[] owner, byte[] suffix) {
    return set.signed(signatures(owner, set.type(), set.ttlSeconds(), set.data(suffix)));
  }

  /** The zone's DNSKEY set of all these keys, owned by its apex, with its signatures. */
  public RecordSet dnskeys(int ttlSeconds) {
    RecordSetBuilder set = new RecordSetBuilder(RecordType.DNSKEY, ttlSeconds, zone);
    keys.forEach(key -> set.data(key.dnskey()));
    return sign(set.build(), signer, signer);
  }

  /**
   * The data of the RRSIG records of a set, one for each key.
   *
   * @param owner in wire form
   * @param data of its records, in any order, names in it uncompressed
   */
  public List<byte[]> signatures(byte[] owner, int type, int ttlSeconds, List<byte[]> data) {
    byte[] name = owner.clone();
    WireName.toLowerCase(name);
    byte[] records = records(name, type, ttlSeconds, CanonicalForm.of(type, data));
    Instant now = clock.instant();
    long jitter = lifetime.jitter().toSeconds();
    long less = jitter == 0 ? 0 : random.nextLong(jitter + 1);
    long inception = now.minus(lifetime.skew()).getEpochSecond();
    long expiration = now.plus(lifetime.validity()).getEpochSecond() - less;
    ByteBuffer start =
        ByteBuffer.allocate(FIXED_OCTETS)
            .putShort((short) type)
            .put((byte) 0)
            .put((byte) labels(name))
            .putInt(ttlSeconds)
            .putInt((int) expiration)
            .putInt((int) inception);
    return keys.stream().map(key -> signature(key, start.array(), records)).toList();
  }

  private byte[] signature(SigningKey key, byte[] start, byte[] records) {
    ByteBuffer signed =
        ByteBuffer.allocate(start.length + signer.length + records.length)
            .put(start)
            .put(2, (byte) key.algorithm().number())
            .putShort(FIXED_OCTETS - 2, (short) key.tag())
            .put(signer)
            .put(records);
    byte[] signature = key.sign(signed.array());
    return ByteBuffer.allocate(start.length + signer.length + signature.length)
        .put(signed.array(), 0, start.length + signer.length)
        .put(signature)
        .array();
  }

  private static byte[] records(byte[] owner, int type, int ttlSeconds, List<byte[]> data) {
    int octets =
        data.stream().mapToInt(one -> owner.length + RECORD_HEADER_OCTETS + one.length).sum();
    ByteBuffer records = ByteBuffer.allocate(octets);
    for (byte[] one : data) {
      records
          .put(owner)
          .putShort((short) type)
          .putShort((short) CLASS_IN)
          .putInt(ttlSeconds)
          .putShort((short) one.length)
          .put(one);
    }
    return records.array();
  }

  /** The labels of an owner, without the root and a wildcard's first (RFC 4034 section 3.1.3). */
  private static int labels(byte[] owner) {
    int labels = 0;
    for (int at = 0; owner[at] != 0; at += owner[at] + 1) {
      labels++;
    }
    return owner[0] == 1 && owner[1] == '*' ? labels - 1 : labels;
  }
}
