package net.dglb.backbone.index;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of an index stand for, and how its orders were made: asked again for one anchor
 * when somebody wants to know why.
 *
 * @param anchors by number; null where a number is free
 * @param order what made the orders
 */
record AnchorReasons(List<@Nullable Anchor> anchors, AnchorOrder order) {

  /** What a number in use stands for. */
  Anchor anchor(int number) {
    return Objects.requireNonNull(anchors.get(number), () -> "anchor " + number + " is not in use");
  }

  List<Ordered> of(int number, Set<String> lost) {
    return (lost.isEmpty() ? order : order.without(lost)).explain(anchor(number));
  }
}
