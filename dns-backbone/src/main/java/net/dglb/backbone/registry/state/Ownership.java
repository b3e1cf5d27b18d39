package net.dglb.backbone.registry.state;

import java.time.Instant;
import java.util.Optional;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/** Whose a name is: nobody registers at, above or below what another enterprise has or just had. */
public final class Ownership {

  private Ownership() {}

  static Optional<Outcome> refusal(
      RegistryState state, PutZone asked, DomainName origin, long now) {
    Optional<Outcome> conflict =
        conflict(state, origin, asked.getEnterprise(), asked.getProof(), now);
    if (conflict.isPresent()) {
      return conflict;
    }
    if (asked.getProof() == Proof.PROOF_NONE && needsProof(state, origin, asked.getEnterprise())) {
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

  /** Whether an enterprise must prove a zone before it can register it. */
  public static boolean needsProof(RegistryState state, DomainName origin, String enterprise) {
    return state
        .served(origin)
        .filter(record -> record.getEnterprise().equals(enterprise))
        .isEmpty();
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
