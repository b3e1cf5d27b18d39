package net.dglb.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.net.DomainName;

/** Reads a service's health check and reports what is wrong to its section. */
final class CheckReader {

  private final HealthCheck.Kind kind;
  private final int port;
  private final String path;
  private final String host;
  private final Duration interval;
  private final Duration timeout;
  private final int rise;
  private final int fall;
  private final List<StatusRange> accept;
  private final Duration holdDown;
  private final Exchange exchange;

  CheckReader(ConfigSection section, DomainName usualHost) {
    kind = section.optionalOneOf("kind", HealthCheck.Kind.class).orElse(HealthCheck.Kind.HTTP);
    port =
        kind == HealthCheck.Kind.ICMP
            ? section.optionalInteger("port", 0, 65535).map(_ -> 0).orElse(0)
            : kind.usualPort() == 0
                ? section.integer("port", 1, 65535)
                : section.optionalInteger("port", 1, 65535).orElse(kind.usualPort());
    path = section.optionalString("path").orElse("/");
    host = section.optionalString("host").orElse(usualHost.toString());
    Attempt.at(section, "path", () -> HttpRules.checkPath(path));
    Attempt.at(section, section.has("host") ? "host" : "", () -> checkHost());
    interval =
        section
            .optionalDuration("interval", HealthCheck.MIN_INTERVAL, HealthCheck.MAX_INTERVAL)
            .orElse(HealthCheck.USUAL_INTERVAL);
    timeout =
        section
            .optionalDuration("timeout", HealthCheck.MIN_TIMEOUT, HealthCheck.MAX_INTERVAL)
            .orElseGet(this::usualTimeout);
    Attempt.at(section, "interval", () -> Limits.whole("interval", interval, Duration.ofMillis(1)));
    Attempt.at(section, "timeout", () -> Limits.whole("timeout", timeout, Duration.ofMillis(1)));
    Attempt.at(section, "timeout", () -> HealthCheck.requireShorter(timeout, interval));
    rise = section.optionalInteger("rise", 1, HealthCheck.MAX_COUNT).orElse(HealthCheck.USUAL_RISE);
    fall = section.optionalInteger("fall", 1, HealthCheck.MAX_COUNT).orElse(HealthCheck.USUAL_FALL);
    accept = accept(section);
    Attempt.at(section, "accept", () -> HttpRules.checkStatuses(accept));
    exchange = ExchangeReader.read(section, kind);
    if (kind.isHttp()) {
      Attempt.at(section, "contains", () -> HttpRules.checkBody(accept, exchange.contains()));
      Attempt.at(
          section, "redirects", () -> HttpRules.checkRedirects(accept, exchange.redirects()));
    }
    holdDown =
        section
            .optionalDuration("hold-down", Duration.ZERO, HealthCheck.MAX_HOLD_DOWN)
            .orElse(Duration.ZERO);
    Attempt.at(
        section, "hold-down", () -> Limits.whole("hold-down", holdDown, Duration.ofMillis(1)));
  }

  private void checkHost() {
    if (kind == HealthCheck.Kind.DNS) {
      HttpRules.checkName(host);
    } else {
      HttpRules.checkHost(host);
    }
  }

  private Duration usualTimeout() {
    Duration half = Duration.ofMillis(interval.toMillis() / 2);
    return half.compareTo(HealthCheck.USUAL_TIMEOUT) < 0 ? half : HealthCheck.USUAL_TIMEOUT;
  }

  private static List<StatusRange> accept(ConfigSection section) {
    List<StatusRange> read =
        section.strings("accept").stream()
            .map(text -> Attempt.value(section, "accept", () -> StatusRange.parse(text)))
            .flatMap(Optional::stream)
            .toList();
    return read.isEmpty() ? HealthCheck.USUAL_STATUSES : read;
  }

  /** What it says and expects. */
  Exchange exchange() {
    return exchange;
  }

  HealthCheck build() {
    return new HealthCheck(
        kind, port, path, host, interval, timeout, rise, fall, accept, holdDown, exchange);
  }
}
