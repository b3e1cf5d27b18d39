package net.dglb.backbone;

import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import net.dglb.backbone.keys.ZoneKeyring;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.node.Metrics;
import net.dglb.node.Published;
import net.dglb.time.Timeline;

/** The figures of signing at a backbone node. */
final class SigningMetrics {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private SigningMetrics() {}

  static void register(Metrics metrics, Dnssec dnssec, Timeline control) {
    OnlineSigning signing = dnssec.signing();
    metrics.counter(
        "dglb.backbone.signing.sets",
        "Record sets signed, for questions and to renew.",
        signing::signedSets);
    metrics.counter(
        "dglb.backbone.signing.hits",
        "Sets answered with a signature that was there.",
        signing::hits);
    metrics.counter(
        "dglb.backbone.signing.refused",
        "Questions put off because too many signatures would have been needed.",
        signing::refused);
    Gauge.builder("dglb.backbone.signing.kept", signing::kept)
        .description("Signatures that are kept.")
        .register(metrics.registry());
    Published<ZoneKeyring.Figures> keys = new Published<>(ZoneKeyring.Figures.NONE);
    control.every(Duration.ZERO, PERIOD, () -> keys.publish(dnssec.keyring().figures()));
    gauge(metrics, keys, "zones", "Signed zones that have keys.", it -> it.zones());
    gauge(metrics, keys, "rolling", "Signed zones whose key is replaced.", it -> it.rolling());
    gauge(
        metrics,
        keys,
        "waiting",
        "Signed zones whose parent is to publish other DS records.",
        it -> it.waiting());
    gauge(metrics, keys, "problems", "Zones whose keys cannot be used.", it -> it.problems());
    gauge(
        metrics,
        keys,
        "oldest.since.seconds",
        "Since when the oldest key in use is, in seconds since 1970; NaN without any.",
        it -> it.oldest().map(since -> (double) since.getEpochSecond()).orElse(Double.NaN));
  }

  private static void gauge(
      Metrics metrics,
      Published<ZoneKeyring.Figures> figures,
      String name,
      String description,
      ToDoubleFunction<ZoneKeyring.Figures> value) {
    Gauge.builder("dglb.backbone.keys." + name, () -> value.applyAsDouble(figures.get()))
        .description(description)
        .register(metrics.registry());
  }
}
