package net.dglb.dns.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A server's counters as metrics, the same for every kind of node. They are read when they are
 * scraped; the DNS threads know nothing of it.
 */
public final class DnsMetrics {

  private final MeterRegistry registry;
  private final Supplier<DnsCounters> counters;
  private final Tags tags;

  private DnsMetrics(MeterRegistry registry, Supplier<DnsCounters> counters, Tags tags) {
    this.registry = registry;
    this.counters = counters;
    this.tags = tags;
  }

  /**
   * Registers all of them.
   *
   * @param tags name and value of what tells this server from others of the node, in turn
   */
  public static void register(
      MeterRegistry registry, Supplier<DnsCounters> counters, String... tags) {
    DnsMetrics metrics = new DnsMetrics(registry, counters, Tags.of(tags));
    metrics.registerMessages();
    metrics.registerGuards();
    metrics.registerTroubles();
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
  }

  private void registerGuards() {
    one("denied", "Messages from sources that get no answer.", DnsCounters::denied);
    one("limited", "Answers held back by the response rate limit.", DnsCounters::limited);
    one("slipped", "Answers left truncated by the response rate limit.", DnsCounters::slipped);
    one("tcp.refused", "TCP connections closed because of a limit.", DnsCounters::tcpRefused);
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
      register(
          name, description, tags.and(tag, value), it -> counts.apply(it).getOrDefault(value, 0L));
    }
  }

  private void one(String name, String description, ToDoubleFunction<DnsCounters> count) {
    register(name, description, tags, count);
  }

  private void register(
      String name, String description, Tags all, ToDoubleFunction<DnsCounters> count) {
    FunctionCounter.builder("dglb.dns." + name, counters, it -> count.applyAsDouble(it.get()))
        .description(description)
        .tags(all)
        .register(registry);
  }
}
