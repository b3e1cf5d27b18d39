package net.dglb.backbone.sign;

import java.util.List;
import net.dglb.dns.sign.SigningKey;

/**
 * How a zone is signed now.
 *
 * @param signing makes its signatures; the same object as long as the zone is signed
 * @param published the keys of its DNSKEY set
 * @param announced the keys that the parent is to have DS records of
 */
public record SignedZone(
    ZoneSigning signing, List<SigningKey> published, List<SigningKey> announced) {

  /** Copies the lists. */
  public SignedZone {
    published = List.copyOf(published);
    announced = List.copyOf(announced);
  }
}
