package net.dglb.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import net.dglb.net.AddressLiteral;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Writes a walk for programs. */
public final class TraceJson {

  private final NodeLabels labels;

  /** Names the nodes by what is known of them. */
  public TraceJson(NodeLabels labels) {
    this.labels = labels;
  }

  /** The whole walk. */
  public JsonObject of(Trace trace) {
    JsonArray hops = new JsonArray();
    trace.hops().forEach(hop -> hops.add(of(hop)));
    return new JsonObject()
        .put("answered", trace.answered())
        .put("conclusion", trace.conclusion())
        .put("answer", records(trace.answer()))
        .put("hops", hops);
  }

  private JsonObject of(Hop hop) {
    JsonObject json =
        new JsonObject()
            .put("depth", hop.depth())
            .put("zone", hop.zone().toString())
            .put("server", hop.server().name().toString())
            .put("address", AddressLiteral.text(hop.server().address()))
            .put("node", labels.of(hop.server().address()).or(hop::nsid).orElse(null))
            .put("name", hop.name().toString())
            .put("type", Type.string(hop.type()))
            .put(
                "kind", hop.verdict().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
            .put("meaning", hop.verdict().words());
    hop.reply()
        .ifPresent(reply ->
            json.put("transport", reply.transport())
                .put("millis", reply.time().toNanos() / 1e6)
                .put("rcode", Rcode.string(reply.message().getRcode()))
                .put("answer", records(hop.records(Section.ANSWER)))
                .put("authority", records(hop.records(Section.AUTHORITY)))
                .put("additional", records(hop.records(Section.ADDITIONAL))));
    return json;
  }

  private static JsonArray records(List<Record> records) {
    JsonArray json = new JsonArray();
    for (Record record : records) {
      json.add(
          new JsonObject()
              .put("name", record.getName().toString())
              .put("ttl", record.getTTL())
              .put("type", Type.string(record.getType()))
              .put("value", Words.data(record)));
    }
    return json;
  }
}
