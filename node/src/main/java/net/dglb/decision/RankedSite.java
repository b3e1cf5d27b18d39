package net.dglb.decision;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A candidate with its rank's terms.
 *
 * @param siteId the site within its service
 * @param address one address of it
 * @param health by probes
 * @param said by an operator, which counts more
 * @param changing whether the last results point to another health
 * @param estimate as it counted: empty if never measured or stale
 * @param saved whether the estimate is one of before the start, and none was made since
 * @param score of the estimate by the policy, in milliseconds, lower is better; empty without one
 * @param kilometres from the place, if both locations are known
 * @param reason why it stands here
 * @param lead what speaks for it against the first, which was kept all the same; empty if nothing
 * @param cut by what a step of the policy took it out; empty if none did
 */
public record RankedSite(
    String siteId,
    InetAddress address,
    Health health,
    Optional<AdminState> said,
    boolean changing,
    Optional<Estimate> estimate,
    boolean saved,
    OptionalDouble score,
    OptionalDouble kilometres,
    Reason reason,
    Optional<Lead> lead,
    Optional<Cut> cut) {

  /** The same with another reason. */
  RankedSite because(Reason other) {
    return with(other, lead, cut);
  }

  /** The same with nothing that speaks for it. */
  RankedSite withoutLead() {
    return with(reason, Optional.empty(), cut);
  }

  /** The same, taken out. */
  RankedSite takenOut(Reason other, Cut by) {
    return with(other, lead, Optional.of(by));
  }

  private RankedSite with(Reason why, Optional<Lead> speaking, Optional<Cut> by) {
    return new RankedSite(
        siteId,
        address,
        health,
        said,
        changing,
        estimate,
        saved,
        score,
        kilometres,
        why,
        speaking,
        by);
  }

  Standing standing() {
    return Standing.of(health, said);
  }
}
