package net.dglb.decision;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dglb.net.PrefixSlots;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;

/** What sites give up of their slots since they report a high load. Pure. */
public final class Shedding {

  /** Shares change in steps of 2 %, so that answers are not compiled anew with every probe. */
  private static final int STEPS = 50;

  private final List<Site> sites;
  private final long[] hashes;
  private final Optional<Step.Shed> step;

  Shedding(List<Site> sites, long[] hashes, Optional<Step.Shed> step) {
    this.sites = sites;
    this.hashes = hashes;
    this.step = step;
  }

  /**
   * What one site gives up.
   *
   * @param load share of its capacity that is in use
   * @param share of all slots that it gives up, 0 to 1, as far as others are left there
   * @param here whether it gives up the slot in question
   */
  public record Shed(double load, double share, boolean here) {}

  /**
   * Who gives up what; empty for a policy without such a step.
   *
   * @param order best first; only those count that may be answered beside the first
   * @param slot in question
   */
  public static Map<String, Shed> of(Service service, List<RankedSite> order, int slot) {
    Map<String, Shed> all = new LinkedHashMap<>();
    if (service.policy() instanceof Policy.Chain chain && chain.step(Step.Shed.class).isPresent()) {
      Shedding shedding = new SlotHeads(service, chain).shedding();
      List<RankedSite> left = Answered.besideTheFirst(order).toList();
      Map<String, Double> loads = loads(left);
      int[] slots = shedding.slots(left);
      boolean others =
          IntStream.range(0, slots.length)
              .filter(site -> loads.containsKey(service.sites().get(site).id()))
              .anyMatch(site -> !shedding.isShed(site, slots[site], slot));
      for (int site = 0; site < slots.length; site++) {
        String id = service.sites().get(site).id();
        Double load = loads.get(id);
        if (load != null) {
          double share = (double) slots[site] / PrefixSlots.COUNT;
          boolean here = others && shedding.isShed(site, slots[site], slot);
          all.put(id, new Shed(load, share, here));
        }
      }
    }
    return all;
  }

  /** How many of the slots each site gives up. */
  int[] slots(List<RankedSite> candidates) {
    int[] slots = new int[sites.size()];
    for (Step.Shed it : step.stream().toList()) {
      Map<String, Double> loads = loads(candidates);
      for (int i = 0; i < slots.length; i++) {
        double load = loads.getOrDefault(sites.get(i).id(), 0.0);
        double share = Math.clamp((load - it.from()) / (it.to() - it.from()), 0, 1);
        slots[i] = (int) (Math.round(share * STEPS) * PrefixSlots.COUNT / STEPS);
      }
    }
    return slots;
  }

  private static Map<String, Double> loads(List<RankedSite> candidates) {
    Map<String, Double> loads = new HashMap<>();
    for (RankedSite it : candidates) {
      double load = it.estimate().map(estimate -> estimate.load().orElse(0)).orElse(0.0);
      loads.merge(it.siteId(), load, Math::max);
    }
    return loads;
  }

  boolean isShed(int site, int shedSlots, int slot) {
    int start = (int) Long.remainderUnsigned(hashes[site], PrefixSlots.COUNT);
    return (PrefixSlots.turn(slot) + start) % PrefixSlots.COUNT < shedSlots;
  }
}
