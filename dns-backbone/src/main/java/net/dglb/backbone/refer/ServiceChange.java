package net.dglb.backbone.refer;

import java.util.Map;

/**
 * What a service's part was before another took its place, as far as the two differ.
 *
 * @param shell the part of then without its labels
 * @param size how many labels it had
 * @param labels those that were others, by ordinal
 */
record ServiceChange(ServicePart shell, int size, Map<Integer, LabelPart> labels) {

  /** Copies the map. */
  ServiceChange {
    labels = Map.copyOf(labels);
  }

  /** About as many octets as it holds on to, over 64. */
  int weight() {
    return 3 + 2 * labels.size() + shell.places().weight();
  }
}
