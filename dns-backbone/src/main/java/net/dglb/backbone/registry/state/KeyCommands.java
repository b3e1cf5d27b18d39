package net.dglb.backbone.registry.state;

import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/** Changing a zone's signing keys, as a function of the state: the first of several wins. */
final class KeyCommands {

  private KeyCommands() {}

  static RegistryState.Step put(RegistryState state, Command command, PutKeys asked) {
    DomainName origin = DomainName.of(asked.getOrigin());
    ZoneRecord record = state.served(origin).orElse(null);
    Outcome outcome = outcome(origin, record, asked);
    RegistryState next = state;
    if (record != null && outcome.getKind() == Outcome.Kind.KIND_STORED) {
      SealedKeys keys =
          SealedKeys.newBuilder()
              .setNumber(outcome.getVersion())
              .setSealed(asked.getSealed())
              .build();
      next = state.with(origin, record.toBuilder().setKeys(keys).build());
    }
    return next.audited(command, "put-keys", asked.getOrigin() + " " + asked.getNote(), outcome);
  }

  private static Outcome outcome(DomainName origin, @Nullable ZoneRecord record, PutKeys asked) {
    if (record == null) {
      return Outcomes.of(Outcome.Kind.KIND_UNKNOWN, "zone " + origin + " is not registered");
    }
    long stored = record.getKeys().getNumber();
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
