package net.dglb.backbone.explain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.dns.serve.Catalog;

/**
 * Where explanations come from; read on the control thread.
 *
 * @param node this node's id
 * @param main what the main addresses serve now
 * @param aliases what was seen of them in DNS
 * @param past what this node itself answered
 * @param clock for the ages of estimates
 */
public record Sources(
    String node,
    Supplier<Catalog> main,
    ZoneRegistry registry,
    Directory directory,
    Duties duties,
    AddressChecks checks,
    ReferralCompiler referrals,
    PeerTable peers,
    SeenAliases aliases,
    PastAnswers past,
    InstantSource clock) {

  /** Whether it is known which way questions took at a moment. */
  boolean isWayKnown(Instant moment) {
    return referrals.knownSince().filter(since -> !moment.isBefore(since)).isPresent();
  }
}
