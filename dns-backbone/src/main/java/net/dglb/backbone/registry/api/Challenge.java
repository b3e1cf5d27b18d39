package net.dglb.backbone.registry.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import net.dglb.backbone.map.MapKeys;
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

  private final Supplier<MapKeys> keys;

  /**
   * With a secret of the backbone's nodes.
   *
   * @param keys the map keys by now, the same on all of them
   */
  Challenge(Supplier<MapKeys> keys) {
    this.keys = keys;
  }

  static DomainName name(DomainName zone) {
    return zone.child(LABEL);
  }

  /** What to publish. */
  String text(DomainName zone, String enterprise) {
    return text(keys.get().current(), zone, enterprise);
  }

  /** Whether one of these texts proves the zone, also one that was asked for under another key. */
  boolean isAmong(Collection<String> texts, DomainName zone, String enterprise) {
    return keys.get().all().anyMatch(key -> texts.contains(text(key, zone, enterprise)));
  }

  private static String text(SecretKey key, DomainName zone, String enterprise) {
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
