package net.dglb.mapping.convert;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The data of a DS record: which key of a signed zone its parent vouches for (RFC 4034 section 5).
 *
 * @param hex the data in hexadecimal, lower case
 */
public record DelegationSigner(String hex) {

  /** The most of one zone or label: two keys, and as many that come or go. */
  public static final int MAX = 4;

  private static final int HEADER_OCTETS = 4;
  private static final int SHA_256_OCTETS = 32;
  private static final int SHA_384_OCTETS = 48;

  /** Checks that it is data of a DS record with a digest that validators know. */
  public DelegationSigner {
    int octets = HexFormat.of().parseHex(hex).length - HEADER_OCTETS;
    if (octets != SHA_256_OCTETS && octets != SHA_384_OCTETS) {
      throw new IllegalArgumentException(
          "DS record: digest of " + octets + " octets (expected 32 or 48)");
    }
  }

  /** From a record's data in wire form. */
  public static DelegationSigner of(byte[] data) {
    return new DelegationSigner(HexFormat.of().formatHex(data));
  }

  /** The data in wire form. */
  public byte[] data() {
    return HexFormat.of().parseHex(hex);
  }

  /** The data as in a zone file: key tag, algorithm, digest type, digest. */
  @Override
  public String toString() {
    byte[] data = data();
    int tag = (data[0] & 0xff) << 8 | (data[1] & 0xff);
    return "%d %d %d %s"
        .formatted(
            tag,
            data[2] & 0xff,
            data[3] & 0xff,
            hex.substring(2 * HEADER_OCTETS).toUpperCase(Locale.ROOT));
  }
}
