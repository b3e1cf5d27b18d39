package net.dglb.backbone;

import java.time.Duration;
import net.dglb.backbone.announce.ResolverMap;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.duty.LabelSettings;
import net.dglb.backbone.duty.SharedLabels;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.node.LiveParts;

/** Gives the parts of a control plane that runs what changes of its settings. */
record PlaneSettings(
    Maps maps,
    PeerTable peers,
    Liveness liveness,
    ResolverMap resolverMap,
    SharedLabels sharedLabels,
    AddressChecks checks,
    Duties duties,
    ReferralCompiler referrals,
    Catalogs catalogs,
    Runnable changed) {

  void follow(LiveParts<BackboneSettings> live) {
    live.part("dns", BackboneSettings::self, this::use)
        .part("dns", it -> it.dns().referrals(), this::use)
        .part("labels", BackboneSettings::labels, this::use)
        .part("labels", BackboneSettings::times, liveness::times)
        .part("map", BackboneSettings::mapKeys, _ -> maps.reseal())
        .part("map.expiry", it -> it.timing().mapExpiry(), this::expiry);
  }

  private void use(BackbonePeer self) {
    peers.self(self);
    changed.run();
  }

  private void use(ReferSettings referring) {
    referrals.use(referring);
    catalogs.forgetNodes();
    changed.run();
  }

  private void use(LabelSettings labels) {
    checks.use(labels);
    duties.use(labels);
    changed.run();
  }

  private void expiry(Duration expiry) {
    peers.expiry(expiry);
    resolverMap.expiry(expiry);
    sharedLabels.expiry(expiry);
  }
}
