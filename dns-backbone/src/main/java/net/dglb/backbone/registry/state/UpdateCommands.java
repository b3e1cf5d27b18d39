package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutUpdateKey;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.backbone.registry.wire.UpdateZone;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.net.DomainName;

/** What dynamic updates and their keys make of a state. */
final class UpdateCommands {

  /** The most names with TXT records in a zone: some for each service, some for the zone itself. */
  private static final int TEXTS_PER_SERVICE = 4;

  private static final int TEXTS_OF_ZONE = 100;
  private static final int KEYS_OF_ENTERPRISE = 20;

  private UpdateCommands() {}

  static RegistryState.Step update(RegistryState state, Command command, UpdateZone asked) {
    DomainName origin = DomainName.of(asked.getOrigin());
    ZoneRecord present =
        state
            .served(origin)
            .filter(record -> record.getEnterprise().equals(asked.getEnterprise()))
            .orElse(null);
    Outcome refusal =
        present == null ? unknown(origin, asked) : refusal(command, origin, present, asked);
    if (present == null || refusal.getKind() != Outcome.Kind.KIND_STORED) {
      return state.audited(command, "update-zone", asked.getOrigin(), refusal);
    }
    if (!asked.getContent().isEmpty()) {
      return withContent(state, command, asked, origin);
    }
    boolean apart = Rules.haveTextsApart(command);
    ZoneRecord next = withTexts(command, apart ? present : renumbered(present), asked);
    Outcome stored = Outcomes.stored(Versions.highest(next));
    String action = apart ? "update-texts" : "update-zone";
    return state.with(origin, next).audited(command, action, asked.getOrigin(), stored);
  }

  /** The texts are no content: they have a number of their own. */
  private static ZoneRecord withTexts(Command command, ZoneRecord record, UpdateZone asked) {
    boolean counts =
        Rules.haveTextsApart(command) && !record.getTextsList().equals(asked.getTextsList());
    return record.toBuilder()
        .clearTexts()
        .addAllTexts(asked.getTextsList())
        .setTextsNumber(record.getTextsNumber() + (counts ? 1 : 0))
        .build();
  }

  /** By the first rules, the version stood for the texts too. */
  private static ZoneRecord renumbered(ZoneRecord present) {
    int last = present.getHistoryCount() - 1;
    long version = Versions.highest(present) + 1;
    return present.toBuilder()
        .setHistory(last, present.getHistory(last).toBuilder().setVersion(version))
        .build();
  }

  private static Outcome unknown(DomainName origin, UpdateZone asked) {
    return Outcomes.of(
        Outcome.Kind.KIND_UNKNOWN,
        "zone " + origin + " is not registered by enterprise " + asked.getEnterprise());
  }

  private static Outcome refusal(
      Command command, DomainName origin, ZoneRecord present, UpdateZone asked) {
    long version = Versions.highest(present);
    if (asked.getBase() != version) {
      return Versions.otherBase(origin, asked.getBase(), version);
    }
    if (Rules.haveTextsApart(command) && asked.getTextsBase() != present.getTextsNumber()) {
      return Versions.otherTexts(origin, version, asked.getTextsBase(), present.getTextsNumber());
    }
    int most = TEXTS_OF_ZONE + TEXTS_PER_SERVICE * History.last(present).getServices();
    if (asked.getTextsCount() > most) {
      return Outcomes.of(
          Outcome.Kind.KIND_QUOTA,
          "zone "
              + origin
              + " would have TXT records at "
              + asked.getTextsCount()
              + " names (expected at most "
              + most
              + ")");
    }
    return Outcomes.stored(version);
  }

  private static RegistryState.Step withContent(
      RegistryState state, Command command, UpdateZone asked, DomainName origin) {
    PutZone put =
        PutZone.newBuilder()
            .setOrigin(asked.getOrigin())
            .setEnterprise(asked.getEnterprise())
            .setContent(asked.getContent())
            .setServices(asked.getServices())
            .setBase(asked.getBase())
            .setNote(asked.getNote())
            .build();
    String action = Rules.sayWhatChanged(command) ? "update-zone" : "put-zone";
    RegistryState.Step step = ZoneCommands.put(state, command, put, action);
    Optional<ZoneRecord> stored =
        step.state()
            .served(origin)
            .filter(_ -> step.outcome().getKind() == Outcome.Kind.KIND_STORED);
    return stored
        .map(record ->
            new RegistryState.Step(
                step.state().with(origin, withTexts(command, record, asked)), step.outcome()))
        .orElse(step);
  }

  static RegistryState.Step putKey(RegistryState state, Command command, PutUpdateKey asked) {
    String name = asked.getKey().getName();
    String action = asked.getRemoved() ? "remove-key" : "put-key";
    EnterpriseRecord owner = state.enterprises().get(asked.getEnterprise());
    Outcome refusal = owner == null ? unknown(asked) : refusal(state, owner, asked);
    if (owner == null || refusal.getKind() != Outcome.Kind.KIND_STORED) {
      return state.audited(command, action, name, refusal);
    }
    List<UpdateKey> keys = new ArrayList<>(owner.getUpdateKeysList());
    keys.removeIf(key -> key.getName().equals(name));
    if (!asked.getRemoved()) {
      keys.add(asked.getKey());
    }
    TreeMap<String, EnterpriseRecord> next = new TreeMap<>(state.enterprises());
    next.put(owner.getName(), owner.toBuilder().clearUpdateKeys().addAllUpdateKeys(keys).build());
    return state.with(next).audited(command, action, asked.getEnterprise() + " " + name, refusal);
  }

  private static boolean hasSecret(EnterpriseRecord owner, String name, ByteString secret) {
    return owner.getUpdateKeysList().stream()
        .anyMatch(key -> key.getName().equals(name) && key.getSealedSecret().equals(secret));
  }

  private static Outcome unknown(PutUpdateKey asked) {
    return Outcomes.of(
        Outcome.Kind.KIND_UNKNOWN,
        "enterprise "
            + asked.getEnterprise()
            + " is not known (expected: one that the operator made known)");
  }

  private static Outcome refusal(RegistryState state, EnterpriseRecord owner, PutUpdateKey asked) {
    String name = asked.getKey().getName();
    boolean has = owner.getUpdateKeysList().stream().anyMatch(key -> key.getName().equals(name));
    if (asked.getRemoved()) {
      return has
          ? Outcomes.stored(0)
          : Outcomes.of(
              Outcome.Kind.KIND_UNKNOWN, "enterprise " + owner.getName() + " has no key " + name);
    }
    if (!asked.getInsteadOf().isEmpty() && !hasSecret(owner, name, asked.getInsteadOf())) {
      return Outcomes.oldVersion(0, "key " + name + " has another secret by now");
    }
    boolean taken =
        state.enterprises().values().stream()
            .filter(other -> !other.equals(owner))
            .anyMatch(other ->
                other.getUpdateKeysList().stream().anyMatch(key -> key.getName().equals(name)));
    if (taken) {
      return Outcomes.of(
          Outcome.Kind.KIND_OWNED, "another enterprise has a key " + name + " (choose another)");
    }
    if (!has && owner.getUpdateKeysCount() >= KEYS_OF_ENTERPRISE) {
      return Outcomes.of(
          Outcome.Kind.KIND_QUOTA,
          "enterprise " + owner.getName() + " has " + KEYS_OF_ENTERPRISE + " keys already");
    }
    return Outcomes.stored(0);
  }
}
