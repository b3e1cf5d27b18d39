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
    String subject =
        asked.getName() + (Rules.sayWhatChanged(command) ? EnterpriseChange.text(asked) : "");
    if (Rules.keepIdentitiesApart(command) && isOfAnother(state, asked)) {
      String text =
          "identity: " + asked.getIdentity() + " (expected: one that is no other enterprise's)";
      Outcome refusal = Outcomes.of(Outcome.Kind.KIND_INVALID, text);
      return state.audited(command, "put-enterprise", subject, refusal);
    }
    EnterpriseRecord former = state.enterprises().get(asked.getName());
    TreeMap<String, EnterpriseRecord> next = new TreeMap<>(state.enterprises());
    EnterpriseRecord.Builder changed =
        former == null ? unknown(command, asked.getName()) : former.toBuilder();
    next.put(asked.getName(), change(changed, command, asked).build());
    return state.with(next).audited(command, "put-enterprise", subject, Outcomes.stored(0));
  }

  private static boolean isOfAnother(RegistryState state, PutEnterprise asked) {
    String identity = asked.getIdentity();
    return !identity.isEmpty()
        && state.enterprises().values().stream()
            .filter(other -> !other.getName().equals(asked.getName()))
            .anyMatch(other -> other.getIdentity().equals(identity));
  }

  private static EnterpriseRecord.Builder unknown(Command command, String name) {
    return EnterpriseRecord.newBuilder()
        .setName(name)
        .setMaxZones(Quota.DEFAULT.zones())
        .setMaxServices(Quota.DEFAULT.services())
        .setSinceEpochMillis(command.getAtEpochMillis());
  }

  /** By the first rules, a change said all of an enterprise anew. */
  private static EnterpriseRecord.Builder change(
      EnterpriseRecord.Builder changed, Command command, PutEnterprise asked) {
    boolean all = !Rules.leaveWhatIsNotMentioned(command);
    if (all || asked.hasTokenHash()) {
      changed.setTokenHash(asked.getTokenHash());
    }
    if (all || asked.hasPublicKey()) {
      changed.setPublicKey(asked.getPublicKey());
    }
    if (all || asked.hasIdentity()) {
      changed.setIdentity(asked.getIdentity());
    }
    if (all || asked.hasMaxZones()) {
      changed.setMaxZones(asked.getMaxZones());
    }
    if (all || asked.hasMaxServices()) {
      changed.setMaxServices(asked.getMaxServices());
    }
    return changed;
  }

  static RegistryState.Step remove(RegistryState state, Command command, RemoveEnterprise asked) {
    String name = asked.getName();
    List<ZoneRecord> zones = state.zonesOf(name);
    if (zones.isEmpty() && !state.enterprises().containsKey(name)) {
      return refused(
          state, command, name, Outcome.Kind.KIND_UNKNOWN, "enterprise " + name + " is not known");
    }
    if (!zones.isEmpty() && !asked.getWithZones()) {
      return refused(state, command, name, Outcome.Kind.KIND_IN_USE, inUse(command, name, zones));
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

  private static String inUse(Command command, String name, List<ZoneRecord> zones) {
    String first = zones.getFirst().getOrigin();
    return zones.size() == 1 && Rules.countOneZoneAsOne(command)
        ? "enterprise %s has the zone %s (remove it first, or with it)".formatted(name, first)
        : "enterprise %s has %d zones, such as %s (remove them first, or with it)"
            .formatted(name, zones.size(), first);
  }

  private static RegistryState.Step refused(
      RegistryState state, Command command, String name, Outcome.Kind kind, String text) {
    return state.audited(command, "remove-enterprise", name, Outcomes.of(kind, text));
  }
}
