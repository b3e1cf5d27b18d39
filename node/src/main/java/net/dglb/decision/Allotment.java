package net.dglb.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Divides slots among sites in proportion to weights, to within one slot. Pure. */
final class Allotment {

  /** Nobody has a weight. */
  static final int NOBODY = -1;

  private Allotment() {}

  /**
   * Who has each slot. The slots of one who is absent go to the others in proportion; all other
   * slots stay where they are.
   *
   * @param weights 0 and up
   * @param present who may have slots
   */
  static int[] of(double[] weights, BitSet present, int slots) {
    int[] owners = fill(weights, slots);
    double[] left = weights.clone();
    List<Integer> orphans = new ArrayList<>();
    for (int site = 0; site < weights.length; site++) {
      left[site] = present.get(site) ? weights[site] : 0;
    }
    for (int slot = 0; slot < slots; slot++) {
      if (owners[slot] == NOBODY || !present.get(owners[slot])) {
        orphans.add(slot);
      }
    }
    int[] heirs = fill(left, orphans.size());
    for (int i = 0; i < heirs.length; i++) {
      owners[orphans.get(i)] = heirs[i];
    }
    return owners;
  }

  private static int[] fill(double[] weights, int slots) {
    int[] owners = new int[slots];
    Arrays.fill(owners, NOBODY);
    int[] quotas = quotas(weights, slots);
    int next = 0;
    for (int site = 0; site < quotas.length; site++) {
      Arrays.fill(owners, next, next + quotas[site], site);
      next += quotas[site];
    }
    return owners;
  }

  /** By the largest remainder (Hamilton): each within one of its exact quota. */
  static int[] quotas(double[] weights, int slots) {
    double sum = Arrays.stream(weights).sum();
    int[] quotas = new int[weights.length];
    if (!(sum > 0)) {
      return quotas;
    }
    double[] remainders = new double[weights.length];
    int given = 0;
    for (int i = 0; i < weights.length; i++) {
      double exact = weights[i] / sum * slots;
      quotas[i] = (int) exact;
      remainders[i] = exact - quotas[i];
      given += quotas[i];
    }
    List<Integer> byRemainder = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      byRemainder.add(i);
    }
    byRemainder.sort(Comparator.comparingDouble(i -> -remainders[i]));
    for (int i = 0; given < slots; i = (i + 1) % weights.length, given++) {
      quotas[byRemainder.get(i)]++;
    }
    return quotas;
  }
}
