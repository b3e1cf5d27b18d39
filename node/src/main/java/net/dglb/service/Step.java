package net.dglb.service;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.dglb.net.Prefix;

/**
 * One step of a {@link Policy.Chain}: which sites it goes on with, or whom it answers with what.
 */
public sealed interface Step {

  /** The name of its kind in a document. */
  String kind();

  /** What sites are compared by. */
  enum Measure {
    /** Average latency in milliseconds. */
    LATENCY,
    /** Distance from the place in kilometres. */
    KILOMETRES,
    /** Cost in the enterprise's own unit. */
    COST
  }

  /**
   * Goes on with the sites that are no further from the best one. One that was within stays until
   * it is further by a quarter, so that it does not come and go.
   *
   * @param measure by what
   * @param most by how much one may be worse than the best, 0 to {@link Site#MAX_NUMBER}
   */
  record Within(Measure measure, double most) implements Step {

    /** Checks the range. */
    public Within {
      Limits.range("within", most, 0, Site.MAX_NUMBER);
    }

    @Override
    public String kind() {
      return "within";
    }
  }

  /**
   * Goes on with the first sites of the order.
   *
   * @param count 1 to {@link Service#MAX_SITES}
   */
  record First(int count) implements Step {

    /** Checks the range. */
    public First {
      Limits.range("count", count, 1, Service.MAX_SITES);
    }

    @Override
    public String kind() {
      return "first";
    }
  }

  /**
   * Resolvers, or clients by their subnet option, of some prefixes get certain sites, in the given
   * order, as long as one of them is left.
   *
   * @param rules no prefix in two of them, 1 to {@link #MAX_RULES}; the longest match counts
   */
  record Static(List<Rule> rules) implements Step {

    /** The most rules. */
    public static final int MAX_RULES = 1_000;

    /** The most prefixes in all. */
    public static final int MAX_PREFIXES = 100_000;

    /**
     * Who gets what.
     *
     * @param prefixes of resolvers and clients, at least one
     * @param sites ids, best first, at least one
     */
    public record Rule(List<Prefix> prefixes, List<String> sites) {

      /** Checks that both are given. */
      public Rule {
        prefixes = List.copyOf(prefixes);
        sites = List.copyOf(sites);
        if (prefixes.isEmpty() || sites.isEmpty()) {
          throw new IllegalArgumentException(
              "rules: one lacks prefixes or sites (expected such as { prefixes ="
                  + " [\"192.0.2.0/24\"], sites = [frankfurt] })");
        }
        if (sites.stream().distinct().count() != sites.size()) {
          throw new IllegalArgumentException(
              "rules: a site stands twice in " + sites + " (expected each once)");
        }
      }
    }

    /** Checks the ranges, and that no prefix stands twice. */
    public Static {
      rules = List.copyOf(rules);
      Limits.range("number of rules", rules.size(), 1, MAX_RULES);
      Set<Prefix> seen = new HashSet<>();
      for (Rule rule : rules) {
        for (Prefix prefix : rule.prefixes()) {
          if (!seen.add(prefix)) {
            throw new IllegalArgumentException(
                "rules: " + prefix + " stands twice (expected each prefix once)");
          }
        }
      }
      Limits.range("number of prefixes", seen.size(), 1, MAX_PREFIXES);
    }

    @Override
    public String kind() {
      return "static";
    }
  }

  /**
   * Takes a share of the prefixes away from a site that reports a high load: none at {@code from},
   * all at {@code to}, and in between in proportion. The load is the average over the policy's time
   * constant, which damps it.
   *
   * @param from share of the capacity in use, 0 and up, less than {@code to}
   * @param to at most {@link #MAX_LOAD}
   */
  record Shed(double from, double to) implements Step {

    /** The highest load that can be told. */
    public static final double MAX_LOAD = 10;

    /** Checks the ranges. */
    public Shed {
      Limits.range("from", from, 0, MAX_LOAD);
      Limits.range("to", to, 0, MAX_LOAD);
      if (from >= to) {
        throw new IllegalArgumentException(
            "from: " + from + " (expected less than to, which is " + to + ")");
      }
    }

    @Override
    public String kind() {
      return "shed";
    }
  }

  /** A step that sends different askers, or one asker at different times, to different sites. */
  sealed interface Spread extends Step {

    /** Whether it turns with every query; otherwise the same prefix gets the same. */
    boolean perQuery();
  }

  /**
   * Each site gets its percentage of the prefixes.
   *
   * @param shares by site id, 0 to 100, adding up to 100
   */
  record Percentages(Map<String, Double> shares) implements Spread {

    private static final double ROUNDING = 0.01;

    /** Checks that they add up. */
    public Percentages {
      shares = Map.copyOf(new TreeMap<>(shares));
      shares.forEach((site, share) -> Limits.range("share of " + site, share, 0, 100));
      double sum = shares.values().stream().mapToDouble(it -> it).sum();
      if (Math.abs(sum - 100) > ROUNDING) {
        throw new IllegalArgumentException(
            "shares: they add up to " + Math.round(sum * 1000) / 1000.0 + " (expected 100)");
      }
    }

    @Override
    public boolean perQuery() {
      return false;
    }

    @Override
    public String kind() {
      return "percentages";
    }
  }

  /** What a site's part is proportional to. */
  enum Weights {
    /** The weights of the sites. */
    WEIGHT,
    /** The capacities of the sites. */
    CAPACITY
  }

  /**
   * Each site gets its part of the queries.
   *
   * @param by what
   */
  record Weighted(Weights by) implements Spread {

    @Override
    public boolean perQuery() {
      return true;
    }

    @Override
    public String kind() {
      return "weighted";
    }
  }

  /** The sites take turns, query by query. */
  record RoundRobin() implements Spread {

    @Override
    public boolean perQuery() {
      return true;
    }

    @Override
    public String kind() {
      return "round-robin";
    }
  }

  /**
   * A prefix keeps its site: of all sites the one with the highest hash of both, by the sites'
   * weights. A site that goes or comes moves its own share only (rendezvous hashing; Thaler and
   * Ravishankar 1998).
   */
  record Hash() implements Spread {

    @Override
    public boolean perQuery() {
      return false;
    }

    @Override
    public String kind() {
      return "hash";
    }
  }

  /** Refuses what cannot follow each other. */
  static void checkSequence(List<Step> steps) {
    Set<String> once = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boolean single = step instanceof Static || step instanceof Shed;
      if (single && !once.add(step.kind())) {
        throw new IllegalArgumentException(
            "steps: " + step.kind() + " stands twice (expected once at most)");
      }
      if (step instanceof Spread && i < steps.size() - 1) {
        throw new IllegalArgumentException(
            "steps: "
                + steps.get(i + 1).kind()
                + " after "
                + step.kind()
                + " (expected nothing after "
                + step.kind()
                + ")");
      }
    }
  }
}
