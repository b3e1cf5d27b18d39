package net.dglb.dns.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.dglb.node.Metrics;

/**
 * A server's counters as metrics, the same for every kind of node. They are read when they are
 * scraped; the DNS threads know nothing of it.
 */
public final class DnsMetrics {

  private final Metrics metrics;
  private final Supplier<DnsCounters> counters;
  private final String[] tags;

  private DnsMetrics(Metrics metrics, Supplier<DnsCounters> counters, String[] tags) {
    this.metrics = metrics;
    this.counters = counters;
    this.tags = tags;
  }

  /**
   * Registers all of them.
   *
   * @param tags name and value of what tells this server from others of the node, in turn
   */
  public static void register(Metrics metrics, Supplier<DnsCounters> counters, String... tags) {
    DnsMetrics dns = new DnsMetrics(metrics, counters, tags.clone());
    dns.registerMessages();
    dns.registerGuards();
    dns.registerTroubles();
  }

  private void registerMessages() {
    each(
        "requests",
        "DNS messages received.",
        "proto",
        List.of("udp", "tcp", "tls"),
        DnsCounters::queriesByTransport);
    each(
        "questions",
        "Well-formed questions by type.",
        "type",
        List.of(WorkerCounters.TYPES),
        DnsCounters::queriesByType);
    each(
        "responses",
        "DNS answers by code.",
        "rcode",
        List.of(WorkerCounters.RCODES),
        DnsCounters::answersByRcode);
    one("truncated", "Answers with TC.", DnsCounters::truncated);
    one("handed.on", "Updates, zone transfers and signed messages.", DnsCounters::handedOn);
  }

  private void registerGuards() {
    one("denied", "Messages and connections of sources that get no answer.", DnsCounters::denied);
    one("limited", "Answers held back by the response rate limit.", DnsCounters::limited);
    one("slipped", "Answers left truncated by the response rate limit.", DnsCounters::slipped);
    one(
        "postponed",
        "Questions that waited for what was about to be known.",
        DnsCounters::postponed);
    one("overloaded", "Of the messages handed on, those without room.", DnsCounters::overloaded);
    one("tcp.refused", "TCP connections closed because of a limit.", DnsCounters::tcpRefused);
    each(
        "handshakes.refused",
        "Connections for DNS over TLS that came to no TLS session.",
        "reason",
        List.of(WorkerCounters.HANDSHAKES),
        DnsCounters::handshakesRefused);
    one(
        "quarantined",
        "Questions stopped since they had raised an exception.",
        DnsCounters::quarantined);
  }

  private void registerTroubles() {
    one("dropped", "Messages that were no queries.", DnsCounters::dropped);
    one("malformed", "Messages that broke the format.", DnsCounters::malformed);
    one("failures", "Exceptions while answering.", DnsCounters::failures);
    one("send.errors", "Answers that the system did not take.", DnsCounters::sendErrors);
    one("receive.errors", "Failures of the system to deliver.", DnsCounters::receiveErrors);
  }

  private void each(
      String name,
      String description,
      String tag,
      List<String> values,
      Function<DnsCounters, Map<String, Long>> counts) {
    for (String value : values) {
      String[] all = Arrays.copyOf(tags, tags.length + 2);
      all[tags.length] = tag;
      all[tags.length + 1] = value;
      metrics.counter(
          "dglb.dns." + name,
          description,
          () -> counts.apply(counters.get()).getOrDefault(value, 0L),
          all);
    }
  }

  private void one(String name, String description, ToLongFunction<DnsCounters> count) {
    metrics.counter("dglb.dns." + name, description, () -> count.applyAsLong(counters.get()), tags);
  }
}
