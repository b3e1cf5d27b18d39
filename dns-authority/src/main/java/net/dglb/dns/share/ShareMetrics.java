package net.dglb.dns.share;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.node.Metrics;

/**
 * Metrics of services whose policy does not give everybody the same: what part of the answers each
 * site is to get, and how many it got. Services come and go, so they are told now and then.
 */
public final class ShareMetrics {

  private record Key(DomainName service, String site) {}

  /** What is shown of a site: read by any thread, which sees what was told last. */
  private static final class Shown {
    private volatile SiteShare last;
    private long round;

    Shown(SiteShare share) {
      last = share;
    }

    /** Whether the time before it was told for the same families. */
    boolean tell(SiteShare share, long now) {
      boolean same = round == now - 1 && last.decided().keySet().equals(share.decided().keySet());
      last = share;
      round = now;
      return same;
    }

    double part(AddressFamily family) {
      return last.decided().getOrDefault(family, 0.0);
    }

    long observed() {
      return last.observed();
    }
  }

  private final Metrics metrics;
  private final String answers;
  private final String meaning;
  private final MultiGauge decided;
  private final Map<Key, Shown> shown = new HashMap<>();
  private List<SiteShare> told = List.of();
  private long round;

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
    round++;
    boolean same = shares.size() == told.size();
    for (SiteShare share : shares) {
      same &= shown(share).tell(share, round);
    }
    told = shares;
    if (!same) {
      register();
    }
  }

  private Shown shown(SiteShare share) {
    return shown.computeIfAbsent(new Key(share.service(), share.site()), _ -> counted(share));
  }

  /** Others are told of than before. What has a gauge keeps it: it looks up what it shows. */
  private void register() {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (SiteShare share : told) {
      Shown each = shown(share);
      Tags tags = Tags.of("service", share.service().toString(), "site", share.site());
      for (AddressFamily family : share.decided().keySet()) {
        rows.add(
            MultiGauge.Row.of(
                tags.and("family", family.name().toLowerCase(Locale.ROOT)),
                each,
                it -> it.part(family)));
      }
    }
    decided.register(rows);
  }

  private Shown counted(SiteShare share) {
    Shown each = new Shown(share);
    metrics.counter(
        answers,
        meaning,
        each::observed,
        "service",
        share.service().toString(),
        "site",
        share.site());
    return each;
  }
}
