package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.dns.slow.ExplainedTexts;
import net.dglb.explain.RankingLines;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;

/** The explanations of the admin API as lines for a TXT record. */
public final class ExplanationLines implements ExplainedTexts.Explainer {

  private final Explanation explanation;

  /** Explains from these sources. */
  public ExplanationLines(Sources sources) {
    explanation = new Explanation(sources);
  }

  @Override
  public List<String> explain(DomainName name, InetAddress resolver, Optional<Prefix> subnet) {
    try {
      return explanation
          .of(new Question(name, resolver, subnet, Set.of(), Set.of(), Optional.empty()))
          .map(ExplanationLines::lines)
          .orElse(List.of());
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> lines(JsonObject tree) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s for the resolver %s%s (%s, %s)"
            .formatted(
                tree.getString("name"),
                tree.getString("resolver"),
                tree.containsKey("subnet") ? ", subnet " + tree.getString("subnet") : "",
                tree.getString("node"),
                tree.getString("at")));
    JsonObject delegation = tree.getJsonObject("delegation");
    if (delegation != null) {
      lines.add("delegation: " + delegation.getString("text"));
    }
    if (tree.containsKey("match")) {
      lines.add(match(tree.getJsonObject("match")));
    }
    if (tree.containsKey("unmeasured-place")) {
      lines.add("place: " + tree.getJsonObject("unmeasured-place").getString("text"));
    }
    JsonObject chosen = tree.getJsonObject("load-balancers");
    if (chosen != null) {
      lines.add("load balancer: " + chosen.getString("chosen") + ": " + chosen.getString("reason"));
    }
    if (tree.containsKey("referral")) {
      lines.add(referral(tree.getJsonObject("referral")));
    }
    JsonObject answers = tree.getJsonObject("answers");
    if (answers != null) {
      lines.add("answer, as seen by " + answers.getString("view"));
      lines.addAll(RankingLines.of(answers));
    }
    return lines;
  }

  private static String match(JsonObject match) {
    String by =
        match.getJsonArray("announced-by", new JsonArray()).stream()
            .map(each -> by((JsonObject) each))
            .collect(Collectors.joining(", "));
    return "match: %s %s%s; scope %d: %s"
        .formatted(
            match.getString("table"),
            match.getString("prefix", ""),
            by.isEmpty() ? "" : " announced by " + by,
            match.getInteger("scope"),
            match.getString("scope-reason"));
  }

  private static String by(JsonObject announcement) {
    String at = announcement.getString("announced-at");
    return announcement.getString("load-balancer") + (at == null ? "" : " at " + at);
  }

  private static String referral(JsonObject referral) {
    return "referral: %s for %d s (%s), to %s"
        .formatted(
            referral.getString("label"),
            referral.getLong("ttl"),
            referral.getString("ttl-reason"),
            referral.getJsonArray("name-servers").stream()
                .map(JsonObject.class::cast)
                .map(it -> it.getString("id") + " (" + it.getString("role") + ")")
                .collect(Collectors.joining(", ")));
  }
}
