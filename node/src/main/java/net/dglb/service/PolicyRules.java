package net.dglb.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.dglb.net.DomainName;

/** The rules that tie a policy to the sites of its service: it must have something to go by. */
final class PolicyRules {

  private PolicyRules() {}

  static List<Violation> of(DomainName name, Policy policy, List<Site> sites) {
    List<Violation> found = new ArrayList<>();
    switch (policy) {
      case Policy.Latency _ -> {}
      case Policy.Sum sum -> sum(name, sum, sites, found);
      case Policy.Failover failover -> failover(name, failover, sites, found);
    }
    return found;
  }

  private static void sum(
      DomainName name, Policy.Sum sum, List<Site> sites, List<Violation> found) {
    if (sum.kilometres() > 0) {
      for (Site site : sites) {
        if (site.location().isEmpty()) {
          found.add(
              Violation.of(
                  name,
                  "sites." + site.id(),
                  "has no location, by which the policy ranks (expected latitude and longitude)"));
        }
      }
    }
    if (sum.cost() > 0 && sites.stream().allMatch(site -> site.cost() == 0)) {
      found.add(
          Violation.of(
              name, "policy", "ranks by cost, but no site has one (expected cost at the sites)"));
    }
  }

  private static void failover(
      DomainName name, Policy.Failover failover, List<Site> sites, List<Violation> found) {
    Set<String> ids = new HashSet<>();
    sites.forEach(site -> ids.add(site.id()));
    for (String id : failover.order()) {
      if (!ids.contains(id)) {
        found.add(
            Violation.of(
                name,
                "policy.order",
                "\"" + id + "\" is no site of the service (expected its id)"));
      }
    }
    for (Site site : sites) {
      if (!failover.order().contains(site.id())) {
        found.add(
            Violation.of(
                name,
                "policy.order",
                "lacks the site \"" + site.id() + "\" (expected every site)"));
      }
    }
  }
}
