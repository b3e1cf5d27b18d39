package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Told;

/**
 * What the latest commands were told. The log remembers what it answered only since its last
 * snapshot; this is in the snapshot. Immutable.
 *
 * @param latest oldest first
 */
record ToldOutcomes(List<Told> latest) {

  /** How many are kept: more than come while one is asked again. */
  static final int KEPT = 1_000;

  static final ToldOutcomes NONE = new ToldOutcomes(List.of());

  ToldOutcomes {
    latest = List.copyOf(latest);
  }

  /** What a command was told; empty if it is new, has no id, or is long ago. */
  Optional<Outcome> of(ByteString id) {
    return id.isEmpty()
        ? Optional.empty()
        : latest.stream().filter(each -> each.getId().equals(id)).map(Told::getOutcome).findAny();
  }

  ToldOutcomes with(ByteString id, Outcome outcome) {
    if (id.isEmpty()) {
      return this;
    }
    int from = Math.max(0, latest.size() + 1 - KEPT);
    List<Told> next = new ArrayList<>(latest.subList(from, latest.size()));
    next.add(Told.newBuilder().setId(id).setOutcome(outcome).build());
    return new ToldOutcomes(next);
  }
}
