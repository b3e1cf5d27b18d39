package net.dglb.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import net.dglb.net.PrefixSlots;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;

/** Who is first in each slot, by the steps that shed and spread. Pure. */
final class SlotHeads {

  private static final List<Integer> FIRST_OF_THE_ORDER = List.of(0);

  private final List<Site> sites;
  private final long[] hashes;
  private final Shedding shedding;
  private final Optional<Step.Spread> spread;

  SlotHeads(Service service, Policy.Chain chain) {
    this.sites = service.sites();
    this.hashes = sites.stream().mapToLong(it -> hash(it.id())).toArray();
    this.shedding = new Shedding(sites, hashes, chain.step(Step.Shed.class));
    this.spread = chain.step(Step.Spread.class);
  }

  Shedding shedding() {
    return shedding;
  }

  /**
   * The place in a list of the one that is first in each slot; a single one if it is always the
   * same.
   *
   * @param candidates among whom the slots are divided, best first, at least one
   */
  List<Integer> of(List<RankedSite> candidates) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      places.putIfAbsent(candidates.get(i).siteId(), i);
    }
    if (places.size() == 1) {
      return FIRST_OF_THE_ORDER;
    }
    int[] shedSlots = shedding.slots(candidates);
    boolean sheds = Arrays.stream(shedSlots).anyMatch(it -> it > 0);
    if (spread.isEmpty() && !sheds) {
      return FIRST_OF_THE_ORDER;
    }
    int[] placeOf = sites.stream().mapToInt(it -> places.getOrDefault(it.id(), -1)).toArray();
    Map<BitSet, Division> divisions = new HashMap<>();
    Division all = division(presence(placeOf, shedSlots, -1), divisions);
    List<Integer> heads = new ArrayList<>(PrefixSlots.COUNT);
    boolean same = true;
    for (int slot = 0; slot < PrefixSlots.COUNT; slot++) {
      int site = all.of(slot);
      if (sheds && site >= 0 && shedding.isShed(site, shedSlots[site], slot)) {
        site = division(presence(placeOf, shedSlots, slot), divisions).of(slot);
      } else if (sheds && site < 0) {
        site = firstLeft(placeOf, shedSlots, slot);
      }
      int head = site < 0 ? 0 : placeOf[site];
      heads.add(head);
      same &= head == heads.getFirst();
    }
    return same ? List.of(heads.getFirst()) : heads;
  }

  /** Without a spread the order itself decides: the best that is not shed. */
  private int firstLeft(int[] placeOf, int[] shedSlots, int slot) {
    int best = -1;
    for (int site = 0; site < placeOf.length; site++) {
      boolean left = placeOf[site] >= 0 && !shedding.isShed(site, shedSlots[site], slot);
      if (left && (best < 0 || placeOf[site] < placeOf[best])) {
        best = site;
      }
    }
    return best;
  }

  /** Who may have a slot, -1 for any; nobody is left out if all would be. */
  private BitSet presence(int[] placeOf, int[] shedSlots, int slot) {
    BitSet present = new BitSet();
    for (int site = 0; site < placeOf.length; site++) {
      boolean left = slot < 0 || !shedding.isShed(site, shedSlots[site], slot);
      present.set(site, placeOf[site] >= 0 && left);
    }
    return present.isEmpty() ? presence(placeOf, shedSlots, -1) : present;
  }

  /** The site that a slot belongs to, below 0 where the order decides. */
  private interface Division {
    int of(int slot);
  }

  private Division division(BitSet present, Map<BitSet, Division> known) {
    return known.computeIfAbsent(present, this::divide);
  }

  private Division divide(BitSet present) {
    if (spread.isEmpty()) {
      return _ -> Allotment.NOBODY;
    }
    return switch (spread.get()) {
      case Step.Percentages it -> allotted(it.shares(), present);
      case Step.Weighted it ->
          allotted(present, it.by() == Step.Weights.WEIGHT ? Site::weight : Site::capacity);
      case Step.RoundRobin _ -> allotted(present, _ -> 1);
      case Step.Hash _ -> slot -> highest(slot, present);
    };
  }

  private Division allotted(Map<String, Double> shares, BitSet present) {
    double[] weights =
        sites.stream().mapToDouble(it -> shares.getOrDefault(it.id(), 0.0)).toArray();
    return allotted(weights, present);
  }

  /** Turns are divided anew among those who are there: nobody keeps anything. */
  private Division allotted(BitSet present, ToDoubleFunction<Site> weight) {
    double[] weights = new double[sites.size()];
    present.stream().forEach(site -> weights[site] = weight.applyAsDouble(sites.get(site)));
    return allotted(weights, present);
  }

  private static Division allotted(double[] weights, BitSet present) {
    int[] owners = Allotment.of(weights, present, PrefixSlots.COUNT);
    return slot -> owners[slot];
  }

  /** Weighted rendezvous hashing: the highest of {@code weight / -ln(u)}. */
  private int highest(int slot, BitSet present) {
    int best = Allotment.NOBODY;
    double highest = 0;
    long salt = PrefixSlots.mix(slot);
    for (int site = 0; site < sites.size(); site++) {
      double weight = sites.get(site).weight();
      if (present.get(site) && weight > 0) {
        long mixed = PrefixSlots.mix(hashes[site] ^ salt);
        double u = ((mixed >>> 11) + 0.5) * 0x1.0p-53;
        double height = weight / -Math.log(u);
        if (height > highest) {
          highest = height;
          best = site;
        }
      }
    }
    return best;
  }

  private static long hash(String id) {
    long hash = 0;
    for (int i = 0; i < id.length(); i++) {
      hash = PrefixSlots.mix(hash ^ id.charAt(i));
    }
    return hash;
  }
}
