package net.dglb.lb.answer;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import net.dglb.lb.duty.LabelName;
import net.dglb.time.Timeline;

/**
 * Labels that are answered otherwise than before, for a listener that hears of them after DNS has
 * the answers; of thousands some at a time, so that nothing else waits for all of them. Used on the
 * control thread only.
 */
final class Decisions {

  private static final int TOLD_AT_ONCE = 200;

  private final Timeline timeline;
  private final Set<LabelName> untold = new LinkedHashSet<>();
  private Consumer<LabelName> listener = _ -> {};
  private boolean telling;

  Decisions(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Who hears of each label. */
  void listener(Consumer<LabelName> hears) {
    listener = hears;
  }

  /** A label is answered otherwise from now on. */
  void add(LabelName label) {
    untold.add(label);
    tellLater();
  }

  private void tellLater() {
    if (!telling && !untold.isEmpty()) {
      telling = true;
      timeline.execute(this::tell);
    }
  }

  private void tell() {
    telling = false;
    Iterator<LabelName> labels = untold.iterator();
    for (int told = 0; told < TOLD_AT_ONCE && labels.hasNext(); told++) {
      LabelName label = labels.next();
      labels.remove();
      listener.accept(label);
    }
    tellLater();
  }
}
