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
import net.dglb.node.Metrics;

/**
 * Metrics of services whose policy does not give everybody the same: what part of the answers each
 * site is to get, and how many it got. Services come and go, so they are told now and then.
 */
public final class ShareMetrics {

  private record Key(String service, String site) {}

  private final Metrics metrics;
  private final String answers;
  private final String meaning;
  private final MultiGauge decided;
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
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    Map<Key, Long> now = new HashMap<>();
    for (SiteShare share : shares) {
      Key key = new Key(share.service().toString(), share.site());
      now.put(key, share.observed());
      Tags tags = Tags.of("service", key.service(), "site", key.site());
      share
          .decided()
          .forEach((family, part) ->
              rows.add(
                  MultiGauge.Row.of(
                      tags.and("family", family.name().toLowerCase(Locale.ROOT)), part)));
    }
    decided.register(rows, true);
    observed.putAll(now);
    now.keySet().stream().filter(counted::add).forEach(this::count);
  }

  private void count(Key key) {
    metrics.counter(
        answers,
        meaning,
        () -> observed.getOrDefault(key, 0L),
        "service",
        key.service(),
        "site",
        key.site());
  }
}
