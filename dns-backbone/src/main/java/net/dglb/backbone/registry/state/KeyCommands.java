package net.dglb.backbone.registry.state;

import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;

/** Changing a zone's signing keys, as a function of the state: the first of several wins. */
final class KeyCommands {

  private KeyCommands() {}

  static RegistryState.Step put(RegistryState state, Command command, PutKeys asked) {
    DomainName origin = DomainName.of(asked.getOrigin());
    ZoneRecord record =
        asked.getSame() ? state.zones().get(origin) : state.served(origin).orElse(null);
    Outcome outcome =
        Outcomes.of(Outcome.Kind.KIND_UNKNOWN, "zone " + origin + " is not registered");
    RegistryState next = state;
    if (asked.getOwn()) {
      SealedKeys stored = state.ownKeys().getOrDefault(origin, SealedKeys.getDefaultInstance());
      outcome = outcome(origin, stored, asked);
      if (outcome.getKind() == Outcome.Kind.KIND_STORED) {
        next = state.withOwn(origin, keys(outcome, asked));
      }
    } else if (record != null) {
      outcome = outcome(origin, record.getKeys(), asked);
      if (outcome.getKind() == Outcome.Kind.KIND_STORED) {
        next = state.with(origin, record.toBuilder().setKeys(keys(outcome, asked)).build());
      }
    }
    return next.audited(command, "put-keys", asked.getOrigin() + " " + asked.getNote(), outcome);
  }

  private static SealedKeys keys(Outcome outcome, PutKeys asked) {
    return SealedKeys.newBuilder()
        .setNumber(outcome.getVersion())
        .setSealed(asked.getSealed())
        .build();
  }

  private static Outcome outcome(DomainName origin, SealedKeys present, PutKeys asked) {
    long stored = present.getNumber();
    return stored == asked.getBase()
        ? Outcomes.stored(stored + 1)
        : Outcomes.oldVersion(
            stored,
            "zone "
                + origin
                + ": the change is to keys number "
                + asked.getBase()
                + ", but number "
                + stored
                + " is stored (somebody else changed them: look, then ask again)");
  }
}
