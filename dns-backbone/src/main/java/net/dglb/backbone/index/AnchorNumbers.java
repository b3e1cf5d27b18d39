package net.dglb.backbone.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for anchors, equal ones sharing a number; one that nobody uses any more is given again.
 * The numbers of hashed blocks are the blocks'.
 */
final class AnchorNumbers {

  private final Map<Anchor, Integer> numbers = new HashMap<>();
  private final List<@Nullable Anchor> anchors = new ArrayList<>();
  private final List<Integer> uses = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  AnchorNumbers() {
    for (int block = 0; block < BlockHash.BLOCKS; block++) {
      acquire(new Anchor.Hashed(block));
    }
  }

  /** The number of an anchor, in use once more. */
  int acquire(Anchor anchor) {
    Integer known = numbers.get(anchor);
    int number = known != null ? known : assign(anchor);
    uses.set(number, uses.get(number) + 1);
    return number;
  }

  private int assign(Anchor anchor) {
    Integer reused = free.poll();
    if (reused == null) {
      reused = anchors.size();
      anchors.add(anchor);
      uses.add(0);
    } else {
      anchors.set(reused, anchor);
    }
    numbers.put(anchor, reused);
    return reused;
  }

  /** One use of a number has ended. */
  void release(int number) {
    int left = uses.get(number) - 1;
    uses.set(number, left);
    if (left == 0) {
      numbers.remove(anchors.get(number));
      anchors.set(number, null);
      free.add(number);
    }
  }

  /** The anchor of each number; null where a number is free. */
  List<@Nullable Anchor> anchors() {
    return anchors;
  }
}
