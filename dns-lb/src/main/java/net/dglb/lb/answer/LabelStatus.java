package net.dglb.lb.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.decision.Answers;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.net.AddressLiteral;

/** Shows for people what a label is answered with, and why. */
final class LabelStatus {

  private LabelStatus() {}

  static Map<String, Object> of(HeldDuty duty, Optional<LabelAnswer> answer, boolean ready) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("place", duty.label().place());
    tree.put("service", duty.label().service());
    tree.put("ready", ready);
    tree.put("wanted-by", duty.wantedBy());
    duty.ends().ifPresent(end -> tree.put("ends", end));
    if (answer.isEmpty()) {
      tree.put("answered", false);
      return tree;
    }
    LabelAnswer it = answer.get();
    tree.put("own", it.own());
    tree.put("basis", it.rankings().basis());
    tree.put("ttl-seconds", it.contents().addressTtl().seconds());
    tree.put("name-servers", it.contents().nameServers());
    tree.put("name-server-ttl-seconds", it.contents().nsTtlSeconds());
    tree.put("addresses", addresses(it.contents()));
    share(tree, "shares-ipv4", it.contents().ipv4());
    share(tree, "shares-ipv6", it.contents().ipv6());
    it.rankings().ipv4().best().ifPresent(best -> tree.put("winner-ipv4", best.siteId()));
    it.rankings().ipv6().best().ifPresent(best -> tree.put("winner-ipv6", best.siteId()));
    tree.put("ranking-ipv4", order(it.rankings().ipv4()));
    tree.put("ranking-ipv6", order(it.rankings().ipv6()));
    return tree;
  }

  /** Of the first of the answers; the shares tell of the others. */
  private static List<String> addresses(LabelZone contents) {
    return Stream.of(contents.ipv4(), contents.ipv6())
        .flatMap(answers -> answers.choices().getFirst().addresses().stream())
        .map(AddressLiteral::text)
        .toList();
  }

  private static void share(Map<String, Object> tree, String key, Answers answers) {
    if (!answers.isSameForAll()) {
      Map<String, Object> shares = new LinkedHashMap<>();
      answers.shares().forEach((site, share) -> shares.put(site, Math.round(share * 1e4) / 1e4));
      tree.put(key, shares);
      tree.put("by", answers.perQuery() ? "turn" : "prefix");
    }
  }

  private static List<Map<String, Object>> order(Ranking ranking) {
    List<Map<String, Object>> order = new ArrayList<>();
    for (RankedSite site : ranking.order()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("site", site.siteId());
      tree.put("address", AddressLiteral.text(site.address()));
      tree.put("health", site.health());
      site.said().ifPresent(said -> tree.put("said-by-operator", said));
      if (site.changing()) {
        tree.put("changing", true);
      }
      site.estimate()
          .ifPresent(estimate -> {
            tree.put("latency-ms", Math.round(estimate.latencyMillis() * 1000) / 1000.0);
            tree.put("jitter-ms", Math.round(estimate.jitterMillis() * 1000) / 1000.0);
            estimate.load().ifPresent(load -> tree.put("load", Math.round(load * 1000) / 1000.0));
            tree.put("loss", Math.round(estimate.loss() * 1000) / 1000.0);
          });
      site.score().ifPresent(score -> tree.put("score", Math.round(score * 1000) / 1000.0));
      site.kilometres().ifPresent(km -> tree.put("kilometres", Math.round(km)));
      tree.put("reason", site.reason().text());
      order.add(tree);
    }
    return order;
  }
}
