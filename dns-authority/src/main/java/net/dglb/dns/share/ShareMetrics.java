package net.dglb.dns.share;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.node.Metrics;

/**
 * Metrics of services whose policy does not give everybody the same: what part of the answers each
 * site is to get, and how many it got. Services come and go, so they are told now and then.
 */
public final class ShareMetrics {

  private record Key(DomainName service, String site) {}

  private record Part(Key key, AddressFamily family) {}

  private final Metrics metrics;
  private final String answers;
  private final String meaning;
  private final MultiGauge decided;
  private final Map<Part, Double> parts = new ConcurrentHashMap<>();
  private final Map<Key, Long> observed = new ConcurrentHashMap<>();
  private final Set<Key> counted = new HashSet<>();

  private ShareMetrics(Metrics metrics, MultiGauge decided, String answers, String meaning) {
    this.metrics = metrics;
    this.decided = decided;
    this.answers = answers;
    this.meaning = meaning;
  }

  /** Those of a load balancer. */
  public static ShareMetrics ofLoadBalancer(Metrics metrics) {
    return new ShareMetrics(
        metrics,
        MultiGauge.builder("dglb.lb.site.share")
            .description("Share of the prefixes or turns in which a site is to come first.")
            .register(metrics.registry()),
        "dglb.lb.site.answers",
        "Answers that began with a site of a service whose policy spreads them.");
  }

  /** Those of a backbone node. */
  public static ShareMetrics ofBackbone(Metrics metrics) {
    return new ShareMetrics(
        metrics,
        MultiGauge.builder("dglb.backbone.site.share")
            .description(
                "Share of the prefixes or turns in which a site is to come first, mean over the"
                    + " places that this node knows how to answer.")
            .register(metrics.registry()),
        "dglb.backbone.site.answers",
        "Answers of this node that began with a site of a service whose policy spreads them.");
  }

  /** Takes over what is so now. On the control thread. */
  public void update(List<SiteShare> shares) {
    Map<Part, Double> partsNow = new HashMap<>();
    Map<Key, Long> now = new HashMap<>();
    for (SiteShare share : shares) {
      Key key = new Key(share.service(), share.site());
      now.put(key, share.observed());
      share.decided().forEach((family, part) -> partsNow.put(new Part(key, family), part));
    }
    boolean others = !parts.keySet().equals(partsNow.keySet());
    parts.putAll(partsNow);
    if (others) {
      parts.keySet().retainAll(partsNow.keySet());
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      partsNow.keySet().forEach(part -> rows.add(row(part)));
      decided.register(rows);
    }
    observed.putAll(now);
    now.keySet().stream().filter(counted::add).forEach(this::count);
  }

  /** Registered once: what it shows is looked up, however often it changes. */
  private MultiGauge.Row<Part> row(Part part) {
    Tags tags =
        Tags.of(
            "service",
            part.key().service().toString(),
            "site",
            part.key().site(),
            "family",
            part.family().name().toLowerCase(Locale.ROOT));
    return MultiGauge.Row.of(tags, part, it -> parts.getOrDefault(it, 0.0));
  }

  private void count(Key key) {
    metrics.counter(
        answers,
        meaning,
        () -> observed.getOrDefault(key, 0L),
        "service",
        key.service().toString(),
        "site",
        key.site());
  }
}
