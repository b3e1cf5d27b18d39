package net.dglb.dns.zone;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * What was signed in advance for a zone of one name: its SOA, NS and DNSKEY sets, and of addresses,
 * HTTPS records and denials all that may be answered. TTLs of answers may be shorter than those
 * that were signed (RFC 4034 section 3.1.4). Immutable.
 */
public final class SignedRecords {

  private static final byte[] NO_SUFFIX = {0};
  private static final int WINDOW_HEADER_OCTETS = 2;

  /**
   * A set as it was signed.
   *
   * @param data of its records, names uncompressed
   * @param signatures the data of its RRSIG records
   */
  public record Signed(int type, int ttlSeconds, List<byte[]> data, List<byte[]> signatures) {}

  private final List<Signed> sets;

  /** Address sets and HTTPS sets by their data, which tells their types apart as well. */
  private final Map<Set<ByteBuffer>, Signed> choices = new HashMap<>();

  /**
   * Takes the sets.
   *
   * @throws IllegalArgumentException if SOA, NS, DNSKEY or NSEC is missing
   */
  public SignedRecords(List<Signed> sets) {
    this.sets = List.copyOf(sets);
    for (int type : new int[] {RecordType.SOA, RecordType.NS, RecordType.DNSKEY, RecordType.NSEC}) {
      find(type);
    }
    for (Signed set : sets) {
      if (set.type() == RecordType.A
          || set.type() == RecordType.AAAA
          || set.type() == RecordType.HTTPS) {
        choices.put(key(set.data()), set);
      }
    }
  }

  private static Set<ByteBuffer> key(List<byte[]> data) {
    Set<ByteBuffer> key = new HashSet<>();
    data.forEach(one -> key.add(ByteBuffer.wrap(one)));
    return key;
  }

  private Signed find(int type) {
    return sets.stream()
        .filter(set -> set.type() == type)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("signed records without a set of type " + type));
  }

  /** All of it, as it was given. */
  public List<Signed> sets() {
    return sets;
  }

  /** The data of the DNSKEY records. */
  public List<byte[]> keys() {
    return find(RecordType.DNSKEY).data();
  }

  /** The signed set of a type, with at most this TTL. */
  RecordSet set(int type, int mostSeconds) {
    return set(find(type), mostSeconds);
  }

  private static RecordSet set(Signed signed, int mostSeconds) {
    int ttl = Math.min(mostSeconds, signed.ttlSeconds());
    RecordSetBuilder set = new RecordSetBuilder(signed.type(), ttl, NO_SUFFIX);
    signed.data().forEach(set::data);
    return set.build().signed(signed.signatures());
  }

  /**
   * An address set or an HTTPS set with its signatures, in the same order and with the same TTL.
   * Where just these records were not signed together, the first one that was signed alone, or else
   * the first that was signed of the type, which for HTTPS is the one that says no addresses: what
   * is answered must have a signature, and must not name another site than the addresses do.
   *
   * @return null if nothing of the type was signed
   */
  @Nullable RecordSet sign(RecordSet set) {
    List<byte[]> data = set.data(NO_SUFFIX);
    Signed together = choices.get(key(data));
    if (together != null) {
      return set.signed(together.signatures());
    }
    List<byte[]> alone = set.type() == RecordType.HTTPS ? List.of() : data;
    return alone.stream()
        .map(one -> choices.get(key(List.of(one))))
        .filter(Objects::nonNull)
        .findFirst()
        .or(() -> sets.stream().filter(other -> other.type() == set.type()).findFirst())
        .map(other -> set(other, set.ttlSeconds()))
        .orElse(null);
  }

  /** The NSEC record that says just these address types, or else any. */
  RecordSet denial(boolean ipv4, boolean ipv6, int mostSeconds) {
    return sets.stream()
        .filter(set -> set.type() == RecordType.NSEC)
        .filter(set -> says(set, RecordType.A) == ipv4 && says(set, RecordType.AAAA) == ipv6)
        .findFirst()
        .map(set -> set(set, mostSeconds))
        .orElseGet(() -> set(RecordType.NSEC, mostSeconds));
  }

  /** Whether the first window of an NSEC record's bitmap holds a type (RFC 4034 section 4.1.2). */
  private static boolean says(Signed nsec, int type) {
    byte[] data = nsec.data().getFirst();
    int at = 0;
    while (data[at] != 0) {
      at += data[at] + 1;
    }
    int octet = at + 1 + WINDOW_HEADER_OCTETS + type / Byte.SIZE;
    return octet < data.length && (data[octet] & 0x80 >>> type % Byte.SIZE) != 0;
  }
}
