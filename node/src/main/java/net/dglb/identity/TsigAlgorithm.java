package net.dglb.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a TSIG key signs (RFC 8945 section 6). The algorithms that the RFC advises against are not
 * offered.
 */
public enum TsigAlgorithm {
  /** What every implementation has. */
  HMAC_SHA256("HmacSHA256", 32),
  HMAC_SHA384("HmacSHA384", 48),
  HMAC_SHA512("HmacSHA512", 64);

  private final String jcaName;
  private final int octets;

  TsigAlgorithm(String jcaName, int octets) {
    this.jcaName = jcaName;
    this.octets = octets;
  }

  /** The algorithm that DNS knows by this name, in any case. */
  public static Optional<TsigAlgorithm> ofWord(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equalsIgnoreCase(word)).findFirst();
  }

  /** Its name in DNS: {@code hmac-sha256}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name in the JCA. */
  public String jcaName() {
    return jcaName;
  }

  /** The octets of a signature, and of a secret that is as strong. */
  public int octets() {
    return octets;
  }
}
