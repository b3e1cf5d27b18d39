package net.dglb.backbone.registry;

import java.util.List;
import java.util.Optional;
import net.dglb.backbone.registry.wire.UpdateZone;
import net.dglb.mapping.convert.WireServices;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.TextSet;

/**
 * A wish to change what a dynamic update changes.
 *
 * @param origin the zone
 * @param enterprise whose key signed the update
 * @param base the version that this changes
 * @param textsBase the number of the TXT records that this changes
 * @param zone its next content; empty if that stays
 * @param texts all TXT records that there are from now on
 * @param caller who asks
 * @param note for the history
 */
public record Update(
    DomainName origin,
    String enterprise,
    long base,
    long textsBase,
    Optional<EnterpriseZone> zone,
    List<TextSet> texts,
    Caller caller,
    String note) {

  /** Copies the list. */
  public Update {
    texts = List.copyOf(texts);
  }

  UpdateZone toWire() {
    UpdateZone.Builder update =
        UpdateZone.newBuilder()
            .setOrigin(origin.toString())
            .setEnterprise(enterprise)
            .setBase(base)
            .setTextsBase(textsBase)
            .addAllTexts(WireTexts.toWire(texts))
            .setNote(note);
    zone.ifPresent(changed ->
        update
            .setContent(WireServices.toWire(changed.withVersion(0)).toByteString())
            .setServices(changed.services().size()));
    return update.build();
  }
}
