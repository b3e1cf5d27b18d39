package net.dglb.service;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Location;

/**
 * One place that serves a service.
 *
 * @param id one DNS label, unique within the service
 * @param addresses of both families in configured order, without repetition, at most {@link
 *     #MAX_ADDRESSES}; none while a site is being prepared
 * @param location where it stands, for ordering by distance until something is measured
 * @param cost of a request, in the enterprise's own unit, 0 and up
 * @param costAt the cost as seen from certain places, by the place's id; an id that ends in {@code
 *     *} stands for all that begin so
 * @param capacity in requests per second; 0 if not stated
 * @param weight for weighted policies, 0 and up; 1 by default
 */
public record Site(
    String id,
    List<InetAddress> addresses,
    Optional<Location> location,
    double cost,
    Map<String, Double> costAt,
    double capacity,
    double weight) {

  /** The most addresses of one site. */
  public static final int MAX_ADDRESSES = 64;

  /** The most places with a cost of their own. */
  public static final int MAX_PLACES = 1_000;

  /** The largest cost, capacity and weight. */
  public static final double MAX_NUMBER = 1e12;

  /** Checks the id, the numbers and that every address can serve. */
  public Site {
    Limits.identifier("site", id);
    addresses = List.copyOf(addresses);
    Limits.range("number of addresses", addresses.size(), 0, MAX_ADDRESSES);
    addresses.forEach(Site::checkAddress);
    if (addresses.stream().distinct().count() != addresses.size()) {
      throw new IllegalArgumentException("addresses: one stands twice (expected each once)");
    }
    Limits.range("cost", cost, 0, MAX_NUMBER);
    costAt = Map.copyOf(costAt);
    Limits.range("number of places", costAt.size(), 0, MAX_PLACES);
    costAt.forEach(Site::checkCost);
    Limits.range("capacity", capacity, 0, MAX_NUMBER);
    Limits.range("weight", weight, 0, MAX_NUMBER);
  }

  /** A site without cost, capacity or particular weight. */
  public Site(String id, List<InetAddress> addresses, Optional<Location> location) {
    this(id, addresses, location, 0, Map.of(), 0, 1);
  }

  /** The same site with other addresses. */
  public Site withAddresses(List<InetAddress> others) {
    return new Site(id, others, location, cost, costAt, capacity, weight);
  }

  private static void checkCost(String place, double cost) {
    if (!place.matches("[a-z0-9-]{0,63}\\*?") || place.isEmpty()) {
      throw new IllegalArgumentException(
          "cost-at: \"" + place + "\" (expected a load balancer's id, or its beginning and *)");
    }
    Limits.range("cost-at." + place, cost, 0, MAX_NUMBER);
  }

  /** The cost as seen from a place: of the id itself, else of its longest beginning. */
  public double costAt(String place) {
    if (costAt.isEmpty()) {
      return cost;
    }
    Double exact = costAt.get(place);
    for (int i = place.length(); exact == null && i >= 0; i--) {
      exact = costAt.get(place.substring(0, i) + "*");
    }
    return exact == null ? cost : exact;
  }

  /** Whether a request costs anything from anywhere. */
  boolean hasCost() {
    return cost > 0 || costAt.values().stream().anyMatch(it -> it > 0);
  }

  /** The addresses of one family in configured order. */
  public List<InetAddress> addresses(AddressFamily family) {
    return addresses.stream().filter(address -> AddressFamily.of(address) == family).toList();
  }

  /**
   * Refuses what no server can have.
   *
   * @throws IllegalArgumentException naming the address and what is wrong with it
   */
  static void checkAddress(InetAddress address) {
    String kind =
        address.isAnyLocalAddress()
            ? "the unspecified address"
            : address.isMulticastAddress()
                ? "a multicast address"
                : address.isLinkLocalAddress()
                    ? "a link-local address"
                    : AddressLiteral.text(address).equals("255.255.255.255")
                        ? "the broadcast address"
                        : "";
    if (!kind.isEmpty()) {
      throw new IllegalArgumentException(
          "address: "
              + AddressLiteral.text(address)
              + " is "
              + kind
              + " (expected the address of one server)");
    }
  }
}
