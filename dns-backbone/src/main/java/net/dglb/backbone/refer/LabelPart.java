package net.dglb.backbone.refer;

import java.time.Instant;
import net.dglb.backbone.secure.SecureLabel;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.zone.AddressSets;
import net.dglb.dns.zone.AddressZone;
import org.jspecify.annotations.Nullable;

/**
 * One label of one service.
 *
 * @param inUse whether somebody asked for it; otherwise the nearest site stands in
 * @param measured whether its load balancer has served it
 * @param live whether its load balancer is in service: until it serves the label, the label
 *     addresses answer for its place
 * @param nameServers to whom the label is referred; shared by labels with the same holders
 * @param addresses what the label address answers; shared by labels of which nothing is known
 * @param ds the DS set of the label's keys; null while it is not secure
 * @param signed what the label address answers with signatures; null if nothing is signed
 */
record LabelPart(
    boolean inUse,
    boolean measured,
    boolean live,
    NameServerSet nameServers,
    AddressSets addresses,
    @Nullable RecordSet ds,
    @Nullable AddressZone signed) {

  /** The same with what its load balancer signed. */
  LabelPart with(SecureLabel secure, int ttlSeconds, Instant now) {
    return new LabelPart(
        inUse,
        measured,
        live,
        nameServers,
        addresses,
        secure.ds(ttlSeconds, now).orElse(null),
        secure.zone(addresses, ttlSeconds));
  }

  /** Whether resolvers may be sent to it. */
  boolean standsForItsPlace() {
    return measured || live;
  }
}
