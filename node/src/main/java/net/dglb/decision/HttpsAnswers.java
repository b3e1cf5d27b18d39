package net.dglb.decision;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Prefix;

/**
 * What HTTPS records say of the addresses, and to whom: of the same decisions that A and AAAA
 * follow from, so that they never disagree.
 *
 * @param choices the different answers: sites in order; none to say that there is none
 * @param map the row of whoever asks by longest match; all others have row 0
 * @param rows for each slot the number of a choice; a single one if it is the same for all slots
 */
public record HttpsAnswers(
    List<List<Hints>> choices, Map<Prefix, Integer> map, List<List<Integer>> rows) {

  /**
   * A site with its addresses that A and AAAA answer.
   *
   * @param ipv4 may be empty
   * @param ipv6 may be empty
   */
  public record Hints(List<InetAddress> ipv4, List<InetAddress> ipv6) {

    /** Copies the lists. */
    public Hints {
      ipv4 = List.copyOf(ipv4);
      ipv6 = List.copyOf(ipv6);
    }
  }

  private record Pair(int ipv4, int ipv6) {}

  /**
   * Pairs what is answered by family. Where sites take turns, the turns of A, AAAA and HTTPS are
   * not the same: no addresses are said.
   */
  public static HttpsAnswers of(Answers ipv4, Answers ipv6) {
    if (ipv4.perQuery() || ipv6.perQuery()) {
      boolean any = hasAddresses(ipv4) || hasAddresses(ipv6);
      List<Hints> choice = any ? List.of(new Hints(List.of(), List.of())) : List.of();
      return new HttpsAnswers(List.of(choice), Map.of(), List.of(List.of(0)));
    }
    Answers.Book<Pair> book = new Answers.Book<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (int row = 0; row < Math.max(ipv4.rows().size(), ipv6.rows().size()); row++) {
      List<Integer> four = ipv4.row(row);
      List<Integer> six = ipv6.row(row);
      List<Integer> slots = new ArrayList<>();
      for (int slot = 0; slot < Math.max(four.size(), six.size()); slot++) {
        slots.add(book.number(new Pair(at(four, slot), at(six, slot))));
      }
      rows.add(slots);
    }
    List<List<Hints>> choices =
        book.choices().stream()
            .map(it -> hints(ipv4.choices().get(it.ipv4()), ipv6.choices().get(it.ipv6())))
            .toList();
    return new HttpsAnswers(choices, ipv4.map().isEmpty() ? ipv6.map() : ipv4.map(), rows);
  }

  private static boolean hasAddresses(Answers answers) {
    return answers.choices().stream().anyMatch(it -> !it.addresses().isEmpty());
  }

  private static int at(List<Integer> row, int slot) {
    return row.size() == 1 ? row.getFirst() : row.get(slot);
  }

  /** A site stands where the better of its addresses does. */
  private static List<Hints> hints(Answers.Choice ipv4, Answers.Choice ipv6) {
    Map<String, Hints> bySite = new LinkedHashMap<>();
    for (int i = 0; i < Math.max(ipv4.sites().size(), ipv6.sites().size()); i++) {
      for (Answers.Choice choice : List.of(ipv4, ipv6)) {
        if (i < choice.sites().size()) {
          String site = choice.sites().get(i);
          bySite.put(site, new Hints(addressesOf(site, ipv4), addressesOf(site, ipv6)));
        }
      }
    }
    return List.copyOf(bySite.values());
  }

  private static List<InetAddress> addressesOf(String site, Answers.Choice choice) {
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < choice.sites().size(); i++) {
      if (choice.sites().get(i).equals(site)) {
        addresses.add(choice.addresses().get(i));
      }
    }
    return addresses;
  }
}
