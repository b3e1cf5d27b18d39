package net.dglb.backbone.announce;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out of stored announcements what their load balancers are not granted now, whichever node
 * stored them and when; the resolver map itself keeps them whole. Lives on the control thread.
 */
public final class GrantFilter {

  private static final Logger LOG = LoggerFactory.getLogger(GrantFilter.class);

  private final Map<String, String> leftOut = new TreeMap<>();
  private Grants grants;

  /** Filters by these grants until there are others. */
  public GrantFilter(Grants grants) {
    this.grants = grants;
  }

  /** As configured now. */
  public Grants grants() {
    return grants;
  }

  /** Filters by these from now on; what was filtered before is to be filtered again. */
  public void grants(Grants next) {
    grants = next;
  }

  /**
   * What counts of an announcement: it without its forbidden prefixes, or as if its load balancer
   * had withdrawn if that was granted nothing.
   */
  public StoredAnnouncement permitted(StoredAnnouncement said) {
    StoredAnnouncement permitted = grants.permitted(said);
    if (permitted.equals(said)) {
      if (leftOut.remove(said.id()) != null) {
        LOG.info("{}: everything that it announced is granted now", said.id());
      }
      return said;
    }
    String why = grants.refusal(said.announcement()).orElse("");
    if (!why.equals(leftOut.put(said.id(), why))) {
      LOG.warn("left out of the answers: {}", why);
    }
    return permitted;
  }

  /** Why something of a load balancer's announcement is left out; empty if nothing is. */
  public String leftOut(String loadBalancer) {
    return leftOut.getOrDefault(loadBalancer, "");
  }
}
