package net.dglb.decision;

import java.util.Optional;
import net.dglb.net.Prefix;

/**
 * Where whoever asks falls among {@link Answers}, and by what.
 *
 * @param row of the answers
 * @param rule the prefix of the policy's map that gave the row; empty if nothing is set for them
 * @param slot of the row; the first one if it does not matter who asks, or if slots are turns
 * @param network the prefix whose hash gave the slot; empty if it does not matter
 */
public record AnswerSlot(int row, Optional<Prefix> rule, int slot, Optional<Prefix> network) {

  /** That of whoever nothing in particular is known of. */
  public static final AnswerSlot USUAL = new AnswerSlot(0, Optional.empty(), 0, Optional.empty());
}
