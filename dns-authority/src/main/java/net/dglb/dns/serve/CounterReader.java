package net.dglb.dns.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the counters of several workers. */
final class CounterReader {

  private CounterReader() {}

  static DnsCounters read(List<WorkerCounters> workers) {
    Map<String, Long> transports = new LinkedHashMap<>();
    transports.put("udp", sum(workers, WorkerCounters.UDP));
    transports.put("tcp", sum(workers, WorkerCounters.TCP));
    transports.put("tls", sum(workers, WorkerCounters.TLS));
    return new DnsCounters(
        transports,
        named(workers, WorkerCounters.TYPES, WorkerCounters.FIRST_TYPE),
        named(workers, WorkerCounters.RCODES, WorkerCounters.FIRST_RCODE),
        sum(workers, WorkerCounters.TRUNCATED),
        sum(workers, WorkerCounters.DROPPED),
        sum(workers, WorkerCounters.MALFORMED),
        sum(workers, WorkerCounters.FAILURES),
        sum(workers, WorkerCounters.QUARANTINED),
        sum(workers, WorkerCounters.DENIED),
        sum(workers, WorkerCounters.LIMITED),
        sum(workers, WorkerCounters.SLIPPED),
        sum(workers, WorkerCounters.HANDED_ON),
        sum(workers, WorkerCounters.OVERLOADED),
        sum(workers, WorkerCounters.POSTPONED),
        sum(workers, WorkerCounters.SEND_ERRORS),
        sum(workers, WorkerCounters.RECEIVE_ERRORS),
        sum(workers, WorkerCounters.TCP_REFUSED),
        named(workers, WorkerCounters.HANDSHAKES, WorkerCounters.FIRST_HANDSHAKE));
  }

  private static Map<String, Long> named(List<WorkerCounters> workers, String[] names, int first) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      sums.put(names[i], sum(workers, first + i));
    }
    return sums;
  }

  private static long sum(List<WorkerCounters> workers, int index) {
    return workers.stream().mapToLong(worker -> worker.get(index)).sum();
  }
}
