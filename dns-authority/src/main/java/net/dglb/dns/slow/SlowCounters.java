package net.dglb.dns.slow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import net.dglb.dns.transfer.TransferAnswer;
import net.dglb.node.Metrics;

/** What the slow path has done since the start; counted and read by any thread. */
public final class SlowCounters {

  final LongAdder wholeZones = new LongAdder();
  final LongAdder changes = new LongAdder();
  final LongAdder transfersRefused = new LongAdder();
  final LongAdder transfersBroken = new LongAdder();
  final LongAdder badSignatures = new LongAdder();
  final LongAdder updates = new LongAdder();
  final LongAdder updatesRefused = new LongAdder();

  SlowCounters() {}

  /** Registers all of them as metrics. */
  public void register(Metrics metrics) {
    String transfers = "dglb.dns.transfers";
    String told = "Zone transfers by what became of them.";
    metrics.counter(transfers, told, this::wholeZones, "result", "whole");
    metrics.counter(transfers, told, this::changes, "result", "changes");
    metrics.counter(transfers, told, this::transfersRefused, "result", "refused");
    metrics.counter(transfers, told, this::transfersBroken, "result", "broken");
    String updates = "dglb.dns.updates";
    String taken = "Dynamic updates by what became of them.";
    metrics.counter(updates, taken, this::updates, "result", "stored");
    metrics.counter(updates, taken, this::updatesRefused, "result", "refused");
    metrics.counter(
        "dglb.dns.bad.signatures", "Messages with a bad TSIG signature.", this::badSignatures);
  }

  /** Transfers by what became of them, for the status. */
  public Map<String, Long> transfers() {
    Map<String, Long> tree = new LinkedHashMap<>();
    tree.put("whole", wholeZones());
    tree.put("changes", changes());
    tree.put("refused", transfersRefused());
    tree.put("broken", transfersBroken());
    return tree;
  }

  void told(TransferAnswer.Kind kind) {
    switch (kind) {
      case WHOLE -> wholeZones.increment();
      case CHANGES -> changes.increment();
      case SERIAL -> {
        // Nothing was transferred.
      }
    }
  }

  /** Zones that were told as a whole, to the end. */
  public long wholeZones() {
    return wholeZones.sum();
  }

  /** Changes of zones that were told to the end. */
  public long changes() {
    return changes.sum();
  }

  /** Requests for zones that were not allowed. */
  public long transfersRefused() {
    return transfersRefused.sum();
  }

  /** Transfers that ended early, since the peer had gone. */
  public long transfersBroken() {
    return transfersBroken.sum();
  }

  /** Messages whose signature was not good. */
  public long badSignatures() {
    return badSignatures.sum();
  }

  /** Updates that were taken. */
  public long updates() {
    return updates.sum();
  }

  /** Updates that were answered with an error. */
  public long updatesRefused() {
    return updatesRefused.sum();
  }
}
