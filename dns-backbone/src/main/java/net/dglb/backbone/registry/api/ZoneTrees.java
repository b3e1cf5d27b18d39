package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.service.EnterpriseZone;

/** What the registry knows, as JSON. */
final class ZoneTrees {

  private ZoneTrees() {}

  static JsonObject brief(EnterpriseZone zone) {
    return new JsonObject()
        .put("origin", zone.origin().toString())
        .put("enterprise", zone.enterprise())
        .put("form", zone.form().name().toLowerCase(Locale.ROOT))
        .put("version", zone.version())
        .put("services", zone.services().size());
  }

  static JsonObject owner(ZoneRecord record) {
    ZoneVersion last = RegistryState.last(record);
    return new JsonObject()
        .put("proof", word(record.getProof().name()))
        .put("proved", instant(record.getProvedAtEpochMillis()))
        .put("changed", instant(last.getAtEpochMillis()))
        .put("changed-by", last.getActor());
  }

  static JsonObject history(ZoneRecord record) {
    JsonArray versions = new JsonArray();
    for (ZoneVersion version : record.getHistoryList()) {
      versions.add(
          new JsonObject()
              .put("version", version.getVersion())
              .put("at", instant(version.getAtEpochMillis()))
              .put("by", version.getActor())
              .put("services", version.getServices())
              .put("note", version.getNote()));
    }
    JsonObject tree =
        new JsonObject()
            .put("origin", record.getOrigin())
            .put("enterprise", record.getEnterprise())
            .put("versions", versions);
    return tree.mergeIn(removal(record));
  }

  /** When a zone was removed and what holds since; nothing if it was not. */
  static JsonObject removal(ZoneRecord record) {
    JsonObject tree = new JsonObject();
    if (record.hasRemoval()) {
      var removal = record.getRemoval();
      tree.put("removed", instant(removal.getAtEpochMillis()))
          .put("answered-until", instant(removal.getAnsweredUntilEpochMillis()))
          .put("quarantined-until", instant(removal.getQuarantinedUntilEpochMillis()));
    }
    return tree;
  }

  static JsonObject leaving(ZoneRegistry.Leaving leaving) {
    return new JsonObject()
        .put("name", leaving.name().toString())
        .put("zone", leaving.zone().origin().toString())
        .put("enterprise", leaving.zone().enterprise())
        .put("answered-until", leaving.until().toString());
  }

  static JsonObject audit(RegistryState state, long after, int limit) {
    List<AuditRecord> records =
        state.audit().records().stream()
            .filter(record -> record.getNumber() > after)
            .limit(limit)
            .toList();
    JsonArray array = new JsonArray();
    records.forEach(record -> array.add(audit(record)));
    return new JsonObject()
        .put("count", state.audit().count())
        .put("last-hash", hex(state.audit().hash().toByteArray()))
        .put("first-broken", state.audit().firstBroken())
        .put("records", array);
  }

  private static JsonObject audit(AuditRecord record) {
    return new JsonObject()
        .put("number", record.getNumber())
        .put("at", instant(record.getAtEpochMillis()))
        .put("actor", record.getActor())
        .put("source", record.getSource())
        .put("action", record.getAction())
        .put("subject", record.getSubject())
        .put("outcome", record.getOutcome())
        .put("form", word(record.getForm().name()))
        .put("previous-hash", hex(record.getPreviousHash().toByteArray()))
        .put("hash", hex(record.getHash().toByteArray()));
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static String word(String constant) {
    return constant.substring(constant.indexOf('_') + 1).toLowerCase(Locale.ROOT);
  }

  private static String instant(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
