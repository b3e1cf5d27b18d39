package net.dglb.backbone.registry.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import net.dglb.net.DomainName;

/**
 * What an enterprise publishes to prove a zone: a TXT record whose text only the backbone can make,
 * another one for every zone and enterprise. Nothing needs to be kept for it, so that a claim costs
 * no space and blocks nobody.
 */
final class Challenge {

  /** The label before the zone's name. */
  static final String LABEL = "_dglb-challenge";

  private static final int OCTETS = 20;

  private final SecretKey key;

  /**
   * With a secret of the backbone's nodes.
   *
   * @param key the same on all of them, for HmacSHA256
   */
  Challenge(SecretKey key) {
    this.key = key;
  }

  static DomainName name(DomainName zone) {
    return zone.child(LABEL);
  }

  String text(DomainName zone, String enterprise) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update("zone challenge\n".getBytes(StandardCharsets.US_ASCII));
      mac.update((zone + "\n" + enterprise).getBytes(StandardCharsets.UTF_8));
      return "dglb=" + HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), OCTETS));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }
}
