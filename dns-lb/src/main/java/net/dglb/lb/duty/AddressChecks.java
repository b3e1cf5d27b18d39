package net.dglb.lb.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.AddressCheckAck;
import net.dglb.mapping.wire.Frame;

/**
 * The texts that backbone nodes want to see over DNS, one of each node. Each is kept for a while or
 * until its session ends, and acknowledged once it is published; the number is bounded, the oldest
 * goes first.
 */
final class AddressChecks {

  static final int MAX_CHECKS = 256;
  static final Duration KEEP = Duration.ofMinutes(10);

  private final List<Entry> entries = new ArrayList<>();

  private static final class Entry {
    private final TextCheck check;
    private final Session asker;
    private final long correlation;
    private final Instant until;
    private boolean acknowledged;

    Entry(TextCheck check, Session asker, long correlation, Instant until) {
      this.check = check;
      this.asker = asker;
      this.correlation = correlation;
      this.until = until;
    }
  }

  void add(TextCheck check, Session asker, long correlation, Instant now) {
    entries.removeIf(entry ->
        entry.until.isBefore(now)
            || entry.check.equals(check)
            || entry.asker.peer().equals(asker.peer()));
    if (entries.size() >= MAX_CHECKS) {
      entries.removeFirst();
    }
    entries.add(new Entry(check, asker, correlation, now.plus(KEEP)));
  }

  void drop(Session asker) {
    entries.removeIf(entry -> entry.asker.equals(asker));
  }

  List<TextCheck> current() {
    return entries.stream().map(entry -> entry.check).toList();
  }

  /** Tells each asker whose text was among the published ones. */
  void acknowledge(List<TextCheck> published) {
    for (Entry entry : entries) {
      if (!entry.acknowledged && published.contains(entry.check)) {
        entry.acknowledged = true;
        entry.asker.send(
            Frame.newBuilder()
                .setCorrelation(entry.correlation)
                .setAddressCheckAck(
                    AddressCheckAck.newBuilder().setName(entry.check.name().toString()))
                .build());
      }
    }
  }
}
