package net.dglb.backbone.refer;

import java.util.List;
import java.util.Optional;
import net.dglb.backbone.index.Rung;
import net.dglb.net.DomainName;
import net.dglb.net.Location;

/**
 * How a question for a service or a label is answered at the main address, and what each step of
 * {@link ReferralZone} found on the way.
 *
 * @param service the balanced name
 * @param choice how the label was chosen; empty if the question named it
 * @param referral of the label; not used where the backbone itself answers
 */
public record Referral(DomainName service, Optional<Choice> choice, LabelReferral referral) {

  /**
   * How a label was chosen.
   *
   * @param ladder everything that knows whoever asks: the first decided
   * @param scope of the client subnet
   * @param order the load balancers that came into question, best first
   * @param chosen the position of the first whose label stands for its place; -1 if none does
   * @param unmeasured where whoever asks stands, if nobody measures there
   */
  public record Choice(
      List<Rung> ladder,
      int scope,
      List<Considered> order,
      int chosen,
      Optional<Unmeasured> unmeasured) {

    /** Copies the lists. */
    public Choice {
      ladder = List.copyOf(ladder);
      order = List.copyOf(order);
    }

    /** Where the backbone itself answers the best site by estimate. */
    public Optional<Location> estimatedFor() {
      return unmeasured.filter(Unmeasured::answered).map(Unmeasured::place);
    }

    /** Whether the answer is short-lived because there will soon be an estimate. */
    public boolean isAwaited() {
      return unmeasured.filter(Unmeasured::awaited).isPresent();
    }
  }
}
