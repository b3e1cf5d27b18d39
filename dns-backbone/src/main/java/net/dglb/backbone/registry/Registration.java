package net.dglb.backbone.registry;

import java.util.OptionalLong;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.mapping.convert.WireServices;
import net.dglb.service.EnterpriseZone;

/**
 * A wish to register a zone or to change it.
 *
 * @param zone with the version that it is to have, 0 for the next
 * @param caller who asks
 * @param proof why the enterprise may have the zone
 * @param base the version that this changes, 0 for none; empty for any
 * @param note for the zone's history; empty for none
 */
public record Registration(
    EnterpriseZone zone, Caller caller, Proof proof, OptionalLong base, String note) {

  /** A zone as an authority with a grant for it says it. */
  public static Registration granted(EnterpriseZone zone, Caller caller) {
    return new Registration(zone, caller, Proof.PROOF_GRANT, OptionalLong.empty(), "");
  }

  PutZone toWire() {
    PutZone.Builder put =
        PutZone.newBuilder()
            .setOrigin(zone.origin().toString())
            .setEnterprise(zone.enterprise())
            .setContent(WireServices.toWire(zone.withVersion(0)).toByteString())
            .setServices(zone.services().size())
            .setProof(proof)
            .setVersion(zone.version())
            .setNote(note);
    base.ifPresent(put::setBase);
    return put.build();
  }
}
