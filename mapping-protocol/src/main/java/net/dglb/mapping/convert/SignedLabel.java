package net.dglb.mapping.convert;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import net.dglb.net.DomainName;

/**
 * The records of a label with their signatures, made by the load balancer whose place it names.
 *
 * @param label the id of that load balancer
 * @param version only grows: the time of signing, in milliseconds since 1970
 * @param sets all owned by the label's apex; several of type A, AAAA, HTTPS and NSEC, of which one
 *     is answered; the first HTTPS set says no addresses
 */
public record SignedLabel(String label, DomainName service, long version, List<SignedSet> sets) {

  /** The most sets of one label. */
  public static final int MAX_SETS = 4_096;

  /**
   * One record set.
   *
   * @param type of its records
   * @param ttlSeconds as signed; it may be answered with a shorter one
   * @param data of its records in wire form, names uncompressed, at least one
   * @param signatures the data of its RRSIG records, at least one
   */
  public record SignedSet(
      int type, int ttlSeconds, List<ByteString> data, List<ByteString> signatures) {

    /** The most records or signatures of one set. */
    public static final int MAX_RECORDS = 1_024;

    private static final int EXPIRATION_OFFSET = 8;
    private static final int HEADER_OCTETS = 18;

    /** Copies the lists and checks that it can be answered. */
    public SignedSet {
      data = List.copyOf(data);
      signatures = List.copyOf(signatures);
      if (data.isEmpty() || signatures.isEmpty()) {
        throw new IllegalArgumentException("a signed set without records or signatures");
      }
      if (signatures.stream().anyMatch(signature -> signature.size() <= HEADER_OCTETS)) {
        throw new IllegalArgumentException("a signature is too short (expected RRSIG data)");
      }
    }

    /** When its first signature ends (RFC 4034 section 3.1.5). */
    public Instant ends() {
      return Instant.ofEpochSecond(
          signatures.stream()
              .mapToLong(data ->
                  Integer.toUnsignedLong(data.asReadOnlyByteBuffer().getInt(EXPIRATION_OFFSET)))
              .min()
              .orElse(0));
    }
  }

  /** Copies the list. */
  public SignedLabel {
    sets = List.copyOf(sets);
  }

  /** When the first of its signatures ends. */
  public Instant ends() {
    return sets.stream().map(SignedSet::ends).min(Instant::compareTo).orElse(Instant.EPOCH);
  }
}
