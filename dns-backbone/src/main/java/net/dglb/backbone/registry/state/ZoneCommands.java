package net.dglb.backbone.registry.state;

import java.util.Optional;
import java.util.OptionalLong;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.Removal;
import net.dglb.backbone.registry.wire.RemoveZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/** Registering, changing and removing zones, as a function of the state. */
final class ZoneCommands {

  private ZoneCommands() {}

  static RegistryState.Step put(RegistryState state, Command command, PutZone asked) {
    return put(state, command, asked, "put-zone");
  }

  /** The same, by a name in the audit. */
  static RegistryState.Step put(
      RegistryState state, Command command, PutZone asked, String action) {
    long now = command.getAtEpochMillis();
    DomainName origin = DomainName.of(asked.getOrigin());
    ZoneRecord present = state.zones().get(origin);
    OptionalLong already = stored(state, asked);
    if (already.isPresent()) {
      return new RegistryState.Step(state, Outcomes.stored(already.getAsLong()));
    }
    Optional<Outcome> refusal =
        Ownership.refusal(state, command, asked, origin)
            .or(() -> Versions.refusal(origin, present, asked))
            .or(() -> overQuota(state, asked, origin));
    if (refusal.isPresent()) {
      return state.audited(command, action, asked.getOrigin(), refusal.get());
    }
    long version = Math.max(asked.getVersion(), Versions.highest(present) + 1);
    ZoneVersion next =
        ZoneVersion.newBuilder()
            .setVersion(version)
            .setAtEpochMillis(now)
            .setActor(command.getActor())
            .setContent(asked.getContent())
            .setServices(asked.getServices())
            .setNote(asked.getNote())
            .build();
    ZoneRecord registered = History.with(owned(present, command, asked), next);
    return Leaving.roomFor(state.with(origin, registered), origin, registered, now)
        .audited(command, action, asked.getOrigin(), Outcomes.stored(version));
  }

  static OptionalLong stored(RegistryState state, PutZone asked) {
    Optional<ZoneVersion> last =
        state
            .served(DomainName.of(asked.getOrigin()))
            .filter(record -> record.getEnterprise().equals(asked.getEnterprise()))
            .map(History::last)
            .filter(version -> version.getContent().equals(asked.getContent()))
            .filter(
                version -> asked.getVersion() == 0 || asked.getVersion() == version.getVersion())
            .filter(version -> !asked.hasBase() || asked.getBase() == version.getVersion());
    return last.isPresent() ? OptionalLong.of(last.get().getVersion()) : OptionalLong.empty();
  }

  /** The record as its owner's: another enterprise's history is not handed on. */
  private static ZoneRecord owned(@Nullable ZoneRecord present, Command command, PutZone asked) {
    long now = command.getAtEpochMillis();
    boolean proved = asked.getProof() != Proof.PROOF_NONE;
    if (present != null && present.getEnterprise().equals(asked.getEnterprise())) {
      ZoneRecord.Builder again =
          present.toBuilder()
              .clearRemoval()
              .clearLeaving()
              .addAllLeaving(Leaving.services(present, asked.getContent(), now));
      if (Rules.letOwnersReturn(command) && present.hasRemoval() && proved) {
        again.setProof(asked.getProof()).setProvedAtEpochMillis(now);
      }
      return again.build();
    }
    return ZoneRecord.newBuilder()
        .setOrigin(asked.getOrigin())
        .setEnterprise(asked.getEnterprise())
        .setProof(proved ? asked.getProof() : Proof.PROOF_ABOVE)
        .setProvedAtEpochMillis(now)
        .setTextsNumber(present == null ? 0 : present.getTextsNumber())
        .build();
  }

  private static Optional<Outcome> overQuota(
      RegistryState state, PutZone asked, DomainName origin) {
    Quota quota = state.quota(asked.getEnterprise());
    long zones = 1;
    long services = asked.getServices();
    for (ZoneRecord other : state.zonesOf(asked.getEnterprise())) {
      if (!other.getOrigin().equals(origin.toString())) {
        zones++;
        services += History.last(other).getServices();
      }
    }
    if (zones <= quota.zones() && services <= quota.services()) {
      return Optional.empty();
    }
    return Optional.of(
        Outcomes.of(
            Outcome.Kind.KIND_QUOTA,
            "enterprise "
                + asked.getEnterprise()
                + " would have "
                + zones
                + " zones with "
                + services
                + " services (expected at most "
                + quota.zones()
                + " zones and "
                + quota.services()
                + " services)"));
  }

  static RegistryState.Step remove(RegistryState state, Command command, RemoveZone asked) {
    long now = command.getAtEpochMillis();
    DomainName origin = DomainName.of(asked.getOrigin());
    ZoneRecord present = state.zones().get(origin);
    if (present == null || !RegistryState.isServed(present)) {
      Outcome unknown =
          Outcomes.of(Outcome.Kind.KIND_UNKNOWN, "zone " + origin + " is not registered");
      return state.audited(command, "remove-zone", asked.getOrigin(), unknown);
    }
    long version = Versions.highest(present);
    if (asked.hasBase() && asked.getBase() != version) {
      return state.audited(
          command,
          "remove-zone",
          asked.getOrigin(),
          Versions.otherBase(origin, asked.getBase(), version));
    }
    ZoneRecord removed =
        present.toBuilder()
            .clearTexts()
            .setRemoval(
                Removal.newBuilder()
                    .setAtEpochMillis(now)
                    .setQuarantinedUntilEpochMillis(now + asked.getQuarantineMillis())
                    .setAnsweredUntilEpochMillis(Leaving.until(present, now))
                    .setByOwner(asked.getByOwner())
                    .setActor(command.getActor()))
            .build();
    return Forgotten.without(state.with(origin, removed), now)
        .audited(command, "remove-zone", asked.getOrigin(), Outcomes.stored(version));
  }
}
