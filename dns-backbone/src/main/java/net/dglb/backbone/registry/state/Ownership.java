package net.dglb.backbone.registry.state;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.Removal;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/** Whose a name is: nobody registers at, above or below what another enterprise has or just had. */
public final class Ownership {

  private Ownership() {}

  static Optional<Outcome> refusal(
      RegistryState state, Command command, PutZone asked, DomainName origin) {
    long now = command.getAtEpochMillis();
    Optional<Outcome> conflict =
        conflict(state, origin, asked.getEnterprise(), asked.getProof(), now);
    if (conflict.isPresent()) {
      return conflict;
    }
    if (asked.getProof() == Proof.PROOF_NONE && !isItsOwn(state, command, asked, origin)) {
      return Optional.of(
          Outcomes.of(
              Outcome.Kind.KIND_UNPROVED,
              "zone "
                  + origin
                  + " was not proved to be of enterprise "
                  + asked.getEnterprise()
                  + " (expected: the challenge's TXT record, or the operator's approval)"));
    }
    return Optional.empty();
  }

  private static boolean isItsOwn(
      RegistryState state, Command command, PutZone asked, DomainName origin) {
    return Rules.letOwnersReturn(command)
        ? !needsProof(state, origin, asked.getEnterprise(), command.getAtEpochMillis())
        : state
            .served(origin)
            .filter(record -> record.getEnterprise().equals(asked.getEnterprise()))
            .isPresent();
  }

  /**
   * Whether an enterprise must prove a zone before it can register it. What it has or gave up
   * itself proves all that lies at and below it: there, only the backbone could answer a challenge.
   * It proves nothing of what lies above.
   */
  public static boolean needsProof(
      RegistryState state, DomainName origin, String enterprise, long now) {
    for (DomainName up = origin; !up.equals(DomainName.ROOT); up = up.parent()) {
      ZoneRecord record = state.zones().get(up);
      if (record != null && record.getEnterprise().equals(enterprise) && proves(record, now)) {
        return false;
      }
    }
    return true;
  }

  /** What an enterprise gave up proves nothing to a later one of the same name. */
  static RegistryState proveNothing(RegistryState state, String enterprise) {
    TreeMap<DomainName, ZoneRecord> next = new TreeMap<>(state.zones());
    next.replaceAll((_, record) ->
        record.getEnterprise().equals(enterprise) && record.hasRemoval()
            ? record.toBuilder()
                .setRemoval(record.getRemoval().toBuilder().setByOwner(false))
                .build()
            : record);
    return state.withZones(next);
  }

  /** A zone that the operator removed may have been removed since it is not the enterprise's. */
  private static boolean proves(ZoneRecord record, long now) {
    Removal removal = record.getRemoval();
    return RegistryState.isServed(record)
        || (removal.getByOwner() && now < removal.getQuarantinedUntilEpochMillis());
  }

  /**
   * Why an enterprise cannot have a zone whatever it proves; empty if nothing stands against it.
   * The operator's approval ends a quarantine, but takes nothing away from anybody.
   */
  private static Optional<Outcome> conflict(
      RegistryState state, DomainName origin, String enterprise, Proof proof, long now) {
    for (DomainName up = origin; !up.equals(DomainName.ROOT); up = up.parent()) {
      Optional<Outcome> found = conflict(state.zones().get(up), origin, enterprise, proof, now);
      if (found.isPresent()) {
        return found;
      }
    }
    for (ZoneRecord below : state.zones().tailMap(origin, false).values()) {
      if (!DomainName.of(below.getOrigin()).isBelow(origin)) {
        break;
      }
      Optional<Outcome> found = conflict(below, origin, enterprise, proof, now);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Outcome> conflict(
      @Nullable ZoneRecord other, DomainName origin, String enterprise, Proof proof, long now) {
    if (other == null || other.getEnterprise().equals(enterprise)) {
      return Optional.empty();
    }
    if (RegistryState.isServed(other)) {
      return Optional.of(
          Outcomes.of(
              Outcome.Kind.KIND_OWNED,
              "zone "
                  + origin
                  + " lies at, above or below "
                  + other.getOrigin()
                  + ", which another enterprise registered"));
    }
    long until = other.getRemoval().getQuarantinedUntilEpochMillis();
    if (now >= until || proof == Proof.PROOF_OPERATOR) {
      return Optional.empty();
    }
    return Optional.of(
        Outcomes.of(
            Outcome.Kind.KIND_QUARANTINED,
            "zone "
                + origin
                + " lies at, above or below "
                + other.getOrigin()
                + ", which another enterprise had until lately: nobody else may have it until "
                + Instant.ofEpochMilli(until)
                + ", unless the operator approves"));
  }
}
