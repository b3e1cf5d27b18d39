package net.dglb.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.net.DomainName;

/** The rules that tie a policy to the sites of its service: it must have something to go by. */
final class PolicyRules {

  private final DomainName name;
  private final List<Site> sites;
  private final Exchange exchange;
  private final List<Violation> found = new ArrayList<>();

  private PolicyRules(DomainName name, List<Site> sites, Exchange exchange) {
    this.name = name;
    this.sites = sites;
    this.exchange = exchange;
  }

  static List<Violation> of(DomainName name, Policy policy, List<Site> sites, Exchange exchange) {
    PolicyRules rules = new PolicyRules(name, sites, exchange);
    rules.order(policy.scored(), policy instanceof Policy.Chain ? "policy.order" : "policy");
    policy.allSteps().forEach(rules::step);
    return rules.found;
  }

  private void add(String key, String text) {
    found.add(Violation.of(name, key, text));
  }

  private void order(Policy policy, String key) {
    switch (policy) {
      case Policy.Sum sum -> sum(sum);
      case Policy.Failover failover ->
          failover(failover, key + (key.equals("policy") ? ".order" : ""));
      case Policy.Latency latency -> score(latency.score());
      case Policy.Chain _ -> {}
    }
  }

  private void score(Score score) {
    if (score instanceof Score.Transfer && exchange.download().isEmpty()) {
      add(
          "policy",
          "ranks by transfers, which nothing measures (expected check.download: an object that is"
              + " fetched now and then)");
    }
  }

  private void sum(Policy.Sum sum) {
    score(sum.score());
    if (sum.kilometres() > 0) {
      needsLocations();
    }
    if (sum.cost() > 0) {
      needsCosts();
    }
    if (sum.load() > 0) {
      needsLoad("ranks by load");
    }
  }

  private void needsLocations() {
    for (Site site : sites) {
      if (site.location().isEmpty()) {
        add(
            "sites." + site.id(),
            "has no location, by which the policy ranks (expected latitude and longitude)");
      }
    }
  }

  private void needsCosts() {
    if (sites.stream().noneMatch(Site::hasCost)) {
      add("policy", "ranks by cost, but no site has one (expected cost at the sites)");
    }
  }

  private void needsLoad(String does) {
    if (exchange.loadHeader().isEmpty()) {
      add(
          "policy",
          does
              + ", which nothing measures (expected check.load-header: an HTTP check's answer tells"
              + " it)");
    }
    if (exchange.loadUnit() == Exchange.LoadUnit.CAPACITY) {
      needsCapacities("of which its load is a part");
    }
  }

  private void failover(Policy.Failover failover, String key) {
    areSites(key, failover.order());
    for (Site site : sites) {
      if (!failover.order().contains(site.id())) {
        add(key, "lacks the site \"" + site.id() + "\" (expected every site)");
      }
    }
  }

  private void areSites(String key, Collection<String> ids) {
    Set<String> known = new HashSet<>();
    sites.forEach(site -> known.add(site.id()));
    new TreeSet<>(ids)
        .stream()
            .filter(id -> !known.contains(id))
            .forEach(id -> add(key, "\"" + id + "\" is no site of the service (expected its id)"));
  }

  private void step(Step step) {
    switch (step) {
      case Step.Within it -> within(it);
      case Step.Static it -> it.rules().forEach(rule -> areSites("policy", rule.sites()));
      case Step.Shed _ -> needsLoad("sheds load");
      case Step.Percentages it -> percentages(it);
      case Step.Weighted it -> weighted(it);
      case Step.Hash _ -> needsWeight();
      case Step.First _, Step.RoundRobin _ -> {}
    }
  }

  private void within(Step.Within within) {
    switch (within.measure()) {
      case KILOMETRES -> needsLocations();
      case COST -> needsCosts();
      case LATENCY -> {}
    }
  }

  /** A site without addresses could never get its part. */
  private void percentages(Step.Percentages percentages) {
    areSites("policy", percentages.shares().keySet());
    for (Site site : sites) {
      double share = percentages.shares().getOrDefault(site.id(), 0.0);
      if (share > 0 && site.addresses().isEmpty()) {
        add(
            "sites." + site.id(),
            "has no address, but " + share + " % of the answers (expected addresses, or no share)");
      }
    }
  }

  private void weighted(Step.Weighted weighted) {
    switch (weighted.by()) {
      case WEIGHT -> needsWeight();
      case CAPACITY -> needsCapacities("by which the policy weighs");
    }
  }

  private void needsWeight() {
    if (sites.stream().allMatch(it -> it.weight() == 0 || it.addresses().isEmpty())) {
      add("policy", "every site with an address has the weight 0 (expected at least one above 0)");
    }
  }

  private void needsCapacities(String why) {
    for (Site site : sites) {
      if (site.capacity() == 0) {
        add("sites." + site.id(), "has no capacity, " + why + " (expected capacity, above 0)");
      }
    }
  }
}
