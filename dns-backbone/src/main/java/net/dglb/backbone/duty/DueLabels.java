package net.dglb.backbone.duty;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.dglb.time.Timeline;

/** Labels that must be looked at when some time has passed. Lives on the control thread. */
final class DueLabels {

  private record Due(long nanoTime, long number, Label label) {}

  private final Timeline timeline;
  private final Map<Label, Due> byLabel = new HashMap<>();
  private final TreeSet<Due> inOrder;
  private long given;

  /** None is due. */
  DueLabels(Timeline timeline) {
    this.timeline = timeline;
    long begin = timeline.nanoTime(); // which may overflow; differences do not
    inOrder =
        new TreeSet<>(
            Comparator.<Due>comparingLong(it -> it.nanoTime() - begin)
                .thenComparingLong(Due::number));
  }

  /** Sets when a label is to be looked at, by the timeline's nano time; empty: never. */
  void set(Label label, OptionalLong nanoTime) {
    Due before = byLabel.remove(label);
    if (before != null) {
      inOrder.remove(before);
    }
    if (nanoTime.isPresent()) {
      Due due = new Due(nanoTime.getAsLong(), given++, label);
      byLabel.put(label, due);
      inOrder.add(due);
    }
  }

  /** Takes out every label whose time has come. */
  void takeDue(Consumer<Label> consumer) {
    while (!inOrder.isEmpty() && timeline.isPast(inOrder.first().nanoTime())) {
      Due due = inOrder.removeFirst();
      byLabel.remove(due.label());
      consumer.accept(due.label());
    }
  }
}
