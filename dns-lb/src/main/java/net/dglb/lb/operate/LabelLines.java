package net.dglb.lb.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.dns.slow.ExplainedTexts;
import net.dglb.dns.zone.WhoAsks;
import net.dglb.explain.RankingLines;
import net.dglb.lb.answer.LabelExplanations;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;

/** The explanations of the admin API, of a label or of those of a service, for a TXT record. */
public final class LabelLines implements ExplainedTexts.Explainer {

  private final LabelExplanations labels;

  /** Explains these labels. */
  public LabelLines(LabelExplanations labels) {
    this.labels = labels;
  }

  @Override
  public List<String> explain(DomainName name, InetAddress resolver, Optional<Prefix> subnet) {
    JsonArray all =
        labels.now(
            label -> label.apex().equals(name) || label.service().equals(name),
            Set.of(),
            new WhoAsks(Optional.of(resolver), subnet));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      JsonObject label = all.getJsonObject(i);
      lines.add(
          "%s for the resolver %s: measured at %s, %s; version %d of the zone"
              .formatted(
                  label.getString("label"),
                  resolver.getHostAddress(),
                  label.getString("place"),
                  label.getBoolean("own") ? "own label" : "as a backup",
                  label.getLong("zone-version")));
      lines.addAll(RankingLines.of(label.getJsonObject("answers")));
    }
    return lines;
  }
}
