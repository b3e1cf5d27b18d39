package net.dglb.backbone.sign;

import net.dglb.dns.sign.SignatureLifetime;

/**
 * Bounds of signing on demand.
 *
 * @param cached how many signatures are kept, 1 and up: about 600 octets each
 * @param perSecond how many may be made in a second for names that exist, 1 to 1,000,000; as many
 *     again for questions over TCP
 * @param denialsPerSecond the same for names that do not exist
 * @param lifetime of each signature
 */
public record SigningSettings(
    int cached, int perSecond, int denialsPerSecond, SignatureLifetime lifetime) {

  /** 131,072 signatures, 1,000 and 200 per second. */
  public static final SigningSettings DEFAULT =
      new SigningSettings(131_072, 1_000, 200, SignatureLifetime.DEFAULT);
}
