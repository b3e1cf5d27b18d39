package net.dglb.backbone.refer;

import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.dns.zone.AddressSets;
import org.jspecify.annotations.Nullable;

/**
 * What a service answers resolvers beside whom nobody measures. Immutable but for marks.
 *
 * @param orders whom resolvers at a place are referred to, as far as that was estimated
 * @param answers what they are answered instead; nothing of a service that refers
 * @param answersSites whether they are to be answered once that is estimated
 * @param demand where places are marked that resolvers ask from
 * @param firstMark the mark of place 0, or {@link #UNMARKED}
 */
record PlacePart(
    PlaceTable<int[]> orders,
    PlaceTable<AddressSets> answers,
    boolean answersSites,
    DemandMarks demand,
    int firstMark) {

  /** There are more places and services than marks: nothing is estimated. */
  static final int UNMARKED = -1;

  private static final int SLOTS_PER_WEIGHT = 5;

  /** Nothing is answered by estimate. */
  static final PlaceTable<AddressSets> NO_ANSWERS = PlaceTable.none();

  /** Nobody asks from a place. */
  static final PlacePart NONE =
      new PlacePart(PlaceTable.none(), NO_ANSWERS, false, new DemandMarks(0), UNMARKED);

  /** What is answered at a place by estimate; null if nothing is, or not yet. */
  @Nullable AddressSets answer(int place) {
    if (place == Places.NONE) {
      return null;
    }
    AddressSets answer = answers.find(place);
    return EstimatedAnswers.NOTHING.equals(answer) ? null : answer;
  }

  /** Whether there will soon be something to answer at a place. */
  boolean isAwaited(int place) {
    return answersSites
        && place != Places.NONE
        && firstMark != UNMARKED
        && answers.find(place) == null;
  }

  /** The same without marks: those are as large as all places and services together. */
  PlacePart unmarked() {
    return new PlacePart(orders, answers, answersSites, NONE.demand, firstMark);
  }

  /** About as many octets as its tables have, over 64. */
  int weight() {
    return (orders.slots() + answers.slots()) / SLOTS_PER_WEIGHT;
  }

  /** Says that a resolver at a place asked. */
  void markDemand(int place) {
    if (firstMark != UNMARKED) {
      demand.mark(firstMark + place);
    }
  }
}
