package net.dglb.backbone.refer;

import java.util.List;
import java.util.Optional;
import net.dglb.backbone.index.Rung;
import net.dglb.net.DomainName;

/**
 * How a question for a service or a label is answered at the main address, and what each step of
 * {@link ReferralZone} found on the way.
 *
 * @param service the balanced name
 * @param choice how the label was chosen; empty if the question named it
 * @param referral of the label
 */
public record Referral(DomainName service, Optional<Choice> choice, LabelReferral referral) {

  /**
   * How a label was chosen.
   *
   * @param ladder everything that knows whoever asks: the first decided
   * @param scope of the client subnet
   * @param order the load balancers that came into question, best first
   * @param chosen the position of the first whose label stands for its place; -1 if none does
   */
  public record Choice(List<Rung> ladder, int scope, List<Considered> order, int chosen) {

    /** Copies the lists. */
    public Choice {
      ladder = List.copyOf(ladder);
      order = List.copyOf(order);
    }
  }
}
