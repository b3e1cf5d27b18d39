package net.dglb.backbone.registry.state;

import java.util.List;
import java.util.TreeMap;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutEnterprise;
import net.dglb.backbone.registry.wire.RemoveEnterprise;
import net.dglb.backbone.registry.wire.RemoveZone;
import net.dglb.backbone.registry.wire.ZoneRecord;

/** Making enterprises known and forgetting them, as a function of the state. */
final class EnterpriseCommands {

  private EnterpriseCommands() {}

  static RegistryState.Step put(RegistryState state, Command command, PutEnterprise asked) {
    EnterpriseRecord former = state.enterprises().get(asked.getName());
    TreeMap<String, EnterpriseRecord> next = new TreeMap<>(state.enterprises());
    next.put(
        asked.getName(),
        EnterpriseRecord.newBuilder()
            .setName(asked.getName())
            .setTokenHash(asked.getTokenHash())
            .setMaxZones(asked.getMaxZones())
            .setMaxServices(asked.getMaxServices())
            .setPublicKey(asked.getPublicKey())
            .setIdentity(asked.getIdentity())
            .addAllUpdateKeys(former == null ? List.of() : former.getUpdateKeysList())
            .setSinceEpochMillis(
                former == null ? command.getAtEpochMillis() : former.getSinceEpochMillis())
            .build());
    return state.with(next).audited(command, "put-enterprise", asked.getName(), Outcomes.stored(0));
  }

  static RegistryState.Step remove(RegistryState state, Command command, RemoveEnterprise asked) {
    String name = asked.getName();
    List<ZoneRecord> zones = state.zonesOf(name);
    if (zones.isEmpty() && !state.enterprises().containsKey(name)) {
      return refused(
          state, command, name, Outcome.Kind.KIND_UNKNOWN, "enterprise " + name + " is not known");
    }
    if (!zones.isEmpty() && !asked.getWithZones()) {
      return refused(
          state,
          command,
          name,
          Outcome.Kind.KIND_IN_USE,
          "enterprise %s has %d zones, such as %s (remove them first, or with it)"
              .formatted(name, zones.size(), zones.getFirst().getOrigin()));
    }
    RegistryState without = state;
    for (ZoneRecord zone : zones) {
      RemoveZone removal =
          RemoveZone.newBuilder()
              .setOrigin(zone.getOrigin())
              .setQuarantineMillis(asked.getQuarantineMillis())
              .build();
      without = ZoneCommands.remove(without, command, removal).state();
    }
    TreeMap<String, EnterpriseRecord> next = new TreeMap<>(without.enterprises());
    next.remove(name);
    return Ownership.proveNothing(without, name)
        .with(next)
        .audited(command, "remove-enterprise", name, Outcomes.stored(0));
  }

  private static RegistryState.Step refused(
      RegistryState state, Command command, String name, Outcome.Kind kind, String text) {
    return state.audited(command, "remove-enterprise", name, Outcomes.of(kind, text));
  }
}
