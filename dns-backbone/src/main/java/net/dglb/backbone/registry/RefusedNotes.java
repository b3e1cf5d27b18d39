package net.dglb.backbone.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.dglb.time.Timeline;

/**
 * What this node refused, for the audit, within bounds: whoever is refused can fill neither the log
 * nor the audit. The first refusal of somebody for something is noted at once; what he is refused
 * of that within the hour after it is counted, and noted as one. Whoever tries many things has them
 * noted as one after the first few, and so have many who try. Lives on the control thread.
 */
final class RefusedNotes {

  /** For how long what happens again is counted. */
  static final Duration PERIOD = Duration.ofHours(1);

  /** How many things that one actor tries are told apart in that time. */
  static final int ATTEMPTS = 10;

  /** How many in all. */
  static final int MOST = 50;

  private static final int LONGEST = 500;
  private static final String SEVERAL = "several";

  /** Writes into the log; told whether it is there. */
  interface Writer {
    void write(Refusal refusal, Consumer<Boolean> written);
  }

  private record Key(String actor, String action, String subject) {

    static Key of(Refusal refusal) {
      return new Key(refusal.caller().actor(), refusal.action(), refusal.subject());
    }
  }

  private static final class Counted {
    private Refusal last;
    private long more;

    Counted(Refusal first) {
      last = first;
    }
  }

  private final Writer writer;
  private final Timeline timeline;
  private final Map<Key, Counted> counted = new HashMap<>();

  RefusedNotes(Writer writer, Timeline timeline) {
    this.writer = writer;
    this.timeline = timeline;
  }

  void note(Refusal refusal) {
    Refusal noted = room(refusal);
    Key key = Key.of(noted);
    Counted present = counted.get(key);
    if (present != null) {
      present.more++;
      present.last = noted;
      return;
    }
    Counted first = new Counted(noted);
    counted.put(key, first);
    write(first, noted);
    timeline.after(PERIOD, () -> end(key, first));
  }

  /** The refusal itself, or as one of many. */
  private Refusal room(Refusal refusal) {
    Caller caller = refusal.caller();
    Refusal bounded =
        new Refusal(refusal.action(), cut(refusal.subject()), cut(refusal.text()), caller);
    if (counted.containsKey(Key.of(bounded))) {
      return bounded;
    }
    Refusal others = new Refusal(SEVERAL, "others", "all of them another's", caller);
    if (counted.containsKey(Key.of(others))) {
      return others;
    }
    if (counted.size() >= MOST) {
      return new Refusal(
          SEVERAL,
          others.subject(),
          "too many to tell apart",
          new Caller("others", caller.source()));
    }
    long known = counted.keySet().stream().filter(it -> it.actor().equals(caller.actor())).count();
    return known < ATTEMPTS ? bounded : others;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Notes at a stop what was only counted so far; done once it is written or cannot be. */
  CompletableFuture<Void> flush() {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (Map.Entry<Key, Counted> each : List.copyOf(counted.entrySet())) {
      CompletableFuture<Boolean> one = new CompletableFuture<>();
      all.add(one);
      counted.remove(each.getKey());
      tell(each.getValue(), one::complete);
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private void end(Key key, Counted ended) {
    if (counted.remove(key, ended)) {
      tell(
          ended,
          written -> {
            if (!written) {
              putBack(key, ended);
            }
          });
    }
  }

  /** What could not be written is told with what comes within the next hour. */
  private void putBack(Key key, Counted untold) {
    Counted present = counted.putIfAbsent(key, untold);
    if (present == null) {
      timeline.after(PERIOD, () -> end(key, untold));
    } else {
      present.more += untold.more;
    }
  }

  private void tell(Counted ended, Consumer<Boolean> written) {
    if (ended.more == 0) {
      written.accept(true);
      return;
    }
    Refusal last = ended.last;
    writer.write(
        new Refusal(
            last.action(),
            last.subject(),
            "%d more times: %s".formatted(ended.more, last.text()),
            last.caller()),
        written);
  }

  /** What could not be written at once is counted to what comes within the hour. */
  private void write(Counted from, Refusal refusal) {
    writer.write(
        refusal,
        written -> {
          if (!written) {
            from.more++;
          }
        });
  }
}
