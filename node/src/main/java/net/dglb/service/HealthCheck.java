package net.dglb.service;

import java.time.Duration;
import java.util.List;

/**
 * How a site's address is probed, and how many results turn its health. Two services that use the
 * same address and an equal check share their probes.
 *
 * @param kind what is asked
 * @param port 1 to 65535; 0 for ICMP
 * @param path the path and query of the request, from the first slash; empty but for HTTP
 * @param host the Host header and the name that a certificate must carry; for DNS the name that is
 *     asked for; empty for TCP and ICMP
 * @param interval from one probe to the next, {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}, in
 *     whole milliseconds
 * @param timeout after which a probe has failed: at least {@link #MIN_TIMEOUT}, shorter than the
 *     interval, in whole milliseconds
 * @param rise successes in a row that bring a site that is down up again, 1 to {@link #MAX_COUNT}
 * @param fall failures that take a site down, 1 to {@link #MAX_COUNT}
 * @param accept statuses that count as success; empty but for HTTP
 * @param holdDown for how long a site that is down must succeed without a break before it is up
 *     again, besides {@code rise}: 0 to {@link #MAX_HOLD_DOWN}, in whole milliseconds
 * @param exchange what is said and expected beyond that, over HTTP and DNS
 */
public record HealthCheck(
    Kind kind,
    int port,
    String path,
    String host,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    List<StatusRange> accept,
    Duration holdDown,
    Exchange exchange) {

  /** What is asked of the site. */
  public enum Kind {
    HTTP,
    HTTPS,
    TCP,
    /** An echo request. */
    ICMP,
    /** A question for {@code host} that must be answered with NOERROR. */
    DNS;

    /** Whether it is one of the two kinds of HTTP. */
    public boolean isHttp() {
      return this == HTTP || this == HTTPS;
    }

    /** The port used where none is given; 0 if there is no usual one. */
    public int usualPort() {
      return switch (this) {
        case HTTP -> 80;
        case HTTPS -> 443;
        case DNS -> 53;
        case TCP, ICMP -> 0;
      };
    }
  }

  /** The shortest interval. */
  public static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

  /** The longest interval. */
  public static final Duration MAX_INTERVAL = Duration.ofHours(1);

  /** The shortest timeout. */
  public static final Duration MIN_TIMEOUT = Duration.ofMillis(10);

  /** The most results that rise or fall may ask for. */
  public static final int MAX_COUNT = 100;

  /** The longest hold-down. */
  public static final Duration MAX_HOLD_DOWN = Duration.ofDays(1);

  /** From one probe to the next where nothing else is given. */
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

  /** After which a probe has failed where nothing else is given; half of a short interval. */
  public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

  /** Successes in a row that bring a site up again where nothing else is given. */
  public static final int USUAL_RISE = 2;

  /**
   * Failures that take a site down where nothing else is given: few enough to see an outage in
   * about a minute, since a failure has the next probes come quickly, and more than a path makes
   * that loses a tenth of the probes.
   */
  public static final int USUAL_FALL = 6;

  /** Success and redirection: the site works. */
  public static final List<StatusRange> USUAL_STATUSES = List.of(new StatusRange(200, 399));

  /** A check without hold-down that says and expects the usual. */
  public HealthCheck(
      Kind kind,
      int port,
      String path,
      String host,
      Duration interval,
      Duration timeout,
      int rise,
      int fall,
      List<StatusRange> accept) {
    this(
        kind,
        port,
        path,
        host,
        interval,
        timeout,
        rise,
        fall,
        accept,
        Duration.ZERO,
        Exchange.USUAL);
  }

  /** Checks every range; a TCP check drops what only HTTP uses. */
  public HealthCheck {
    Limits.range("port", port, kind == Kind.ICMP ? 0 : 1, kind == Kind.ICMP ? 0 : 65535);
    Limits.range("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
    Limits.range("rise", rise, 1, MAX_COUNT);
    Limits.range("fall", fall, 1, MAX_COUNT);
    Limits.whole("interval", interval, Duration.ofMillis(1));
    Limits.whole("timeout", timeout, Duration.ofMillis(1));
    requireShorter(timeout, interval);
    Limits.range("hold-down", holdDown, Duration.ZERO, MAX_HOLD_DOWN);
    Limits.whole("hold-down", holdDown, Duration.ofMillis(1));
    if (!kind.isHttp()) {
      path = "";
      accept = List.of();
      host = kind == Kind.DNS ? HttpRules.checkName(host) : "";
      exchange = kind == Kind.DNS ? exchange.withoutDownload() : Exchange.USUAL;
    } else {
      HttpRules.checkPath(path);
      HttpRules.checkHost(host);
      HttpRules.checkStatuses(accept);
      if (accept.isEmpty()) {
        throw new IllegalArgumentException("accept: none (expected at least one status range)");
      }
      HttpRules.checkBody(accept, exchange.contains());
      accept = List.copyOf(accept);
    }
  }

  static void requireShorter(Duration timeout, Duration interval) {
    if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(interval) >= 0) {
      throw new IllegalArgumentException(
          "timeout: "
              + Limits.text(timeout)
              + " (expected at least "
              + Limits.text(MIN_TIMEOUT)
              + " and less than the interval of "
              + Limits.text(interval)
              + ")");
    }
  }

  /** The same check that says and expects something else. */
  public HealthCheck with(Exchange other) {
    return new HealthCheck(
        kind, port, path, host, interval, timeout, rise, fall, accept, holdDown, other);
  }

  /** Whether the status counts as success. */
  public boolean accepts(int status) {
    for (StatusRange range : accept) {
      if (range.contains(status)) {
        return true;
      }
    }
    return false;
  }
}
