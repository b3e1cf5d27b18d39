package net.dglb.decision;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Prefix;

/**
 * What DNS answers with addresses of one family, and to whom.
 *
 * @param choices the different answers, at least one
 * @param perQuery whether slots are turns; otherwise they belong to prefixes
 * @param map the row of whoever asks by longest match; all others have row 0
 * @param rows for each slot the number of a choice; a single one if it is the same for all slots
 */
public record Answers(
    List<Choice> choices, boolean perQuery, Map<Prefix, Integer> map, List<List<Integer>> rows) {

  /**
   * One answer.
   *
   * @param addresses in order; none to say that there is none
   * @param sites for each address whose it is; empty if it is no site's
   */
  public record Choice(List<InetAddress> addresses, List<String> sites) {

    /** Copies the lists. */
    public Choice {
      addresses = List.copyOf(addresses);
      sites = List.copyOf(sites);
    }

    /** Whose address comes first; empty if there is none, or if it is no site's. */
    public String site() {
      return sites.isEmpty() ? "" : sites.getFirst();
    }
  }

  /** Copies the parts. */
  public Answers {
    choices = List.copyOf(choices);
    map = Map.copyOf(map);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** The same for all. */
  static Answers all(Choice choice) {
    return new Answers(List.of(choice), false, Map.of(), List.of(List.of(0)));
  }

  /** Whether everybody gets the same. */
  public boolean isSameForAll() {
    return choices.size() == 1;
  }

  /** The share of the slots in which each site comes first, for whom no prefix is set; 0 to 1. */
  public Map<String, Double> shares() {
    return shares(0);
  }

  /** The same for those who have a row. */
  public Map<String, Double> shares(int number) {
    Map<String, Double> shares = new LinkedHashMap<>();
    List<Integer> row = row(number);
    choices.forEach(it -> shares.put(it.site(), 0.0));
    int[] slots = new int[choices.size()];
    for (int choice : row) {
      slots[choice]++;
    }
    for (int i = 0; i < slots.length; i++) {
      shares.merge(choices.get(i).site(), (double) slots[i] / row.size(), Double::sum);
    }
    return shares;
  }

  /** What is answered to whoever falls into a slot. */
  public Choice choice(AnswerSlot slot) {
    List<Integer> row = row(slot.row());
    return choices.get(row.get(row.size() == 1 ? 0 : slot.slot()));
  }

  /** The row for whoever has this number in the map; everybody has the same if there is but one. */
  List<Integer> row(int number) {
    return rows.get(Math.min(number, rows.size() - 1));
  }

  /** Numbers equal choices alike. */
  static final class Book<C> {
    private final Map<C, Integer> numbers = new LinkedHashMap<>();

    int number(C choice) {
      return numbers.computeIfAbsent(choice, _ -> numbers.size());
    }

    List<C> choices() {
      return new ArrayList<>(numbers.keySet());
    }
  }
}
