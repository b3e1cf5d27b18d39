package net.dglb.decision;

import java.util.ArrayList;
import java.util.List;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** What the number of a ranked candidate is made of, by the code that gave it the number. Pure. */
public final class Terms {

  private Terms() {}

  /**
   * The terms, whose contributions add up to the score; one that is not known is left out, and the
   * score is then not known either unless the policy goes on without that term.
   *
   * @param place for which it was ranked
   */
  public static List<Term> of(Service service, Place place, RankedSite ranked) {
    List<Term> terms = new ArrayList<>();
    for (Site site : service.sites()) {
      if (site.id().equals(ranked.siteId())) {
        new Scores(place, terms::add)
            .of(service.policy(), site, ranked.estimate(), ranked.kilometres());
      }
    }
    return terms;
  }

  /** What of the score comes from losses, in milliseconds. */
  public static double ofLosses(Service service, RankedSite ranked) {
    return Scores.ofLosses(service.policy(), ranked.estimate());
  }
}
