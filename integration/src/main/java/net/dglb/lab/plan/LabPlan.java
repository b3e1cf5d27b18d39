package net.dglb.lab.plan;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;

/**
 * Everything that a lab consists of.
 *
 * @param options what the user chose
 * @param roundTrips how far the cities are from one another
 * @param nodes every process: the root first, then authority, backbone nodes, load balancers
 * @param sites where the services are served
 * @param resolvers where resolvers stand
 * @param services what is balanced
 */
public record LabPlan(
    LabOptions options,
    RoundTrips roundTrips,
    List<Node> nodes,
    List<SitePlan> sites,
    List<Resolver> resolvers,
    List<ServicePlan> services) {

  /** Cities by the order in which they get a load balancer: far from one another first. */
  private static final List<String> LOAD_BALANCER_CITIES =
      List.of(
          "washington",
          "madrid",
          "osaka",
          "sao-paulo",
          "sydney",
          "london",
          "dallas",
          "toronto",
          "frankfurt",
          "tokyo");

  /** Cities by the order in which they get a site: each of the first near one of the above. */
  private static final List<String> SITE_CITIES =
      List.of(
          "toronto",
          "frankfurt",
          "tokyo",
          "dallas",
          "london",
          "sydney",
          "sao-paulo",
          "madrid",
          "washington",
          "osaka");

  static final int BACKBONE_NODES = 2;

  /** The zone that holds the backbone nodes' names. */
  public static final DomainName INFRASTRUCTURE = DomainName.of("dglb.test");

  /** The enterprise's zone. */
  public static final DomainName ENTERPRISE = DomainName.of("foobar.test");

  private static final DomainName BALANCED = ENTERPRISE.child("lb");

  /**
   * A process of the network.
   *
   * @param role its role
   * @param id its id
   * @param name its domain name
   * @param addresses where it answers DNS, IPv4 first
   * @param labelAddresses a backbone node's label addresses; none for others
   * @param city where it stands, or empty where it does not matter
   */
  public record Node(
      NodeRole role,
      String id,
      DomainName name,
      List<InetAddress> addresses,
      List<InetAddress> labelAddresses,
      Optional<City> city) {}

  /** A place that serves every service; the id is the city's. */
  public record SitePlan(String id, City city, List<InetAddress> addresses) {}

  /** A resolver's addresses and the load balancer that it stands beside. */
  public record Resolver(City city, List<InetAddress> addresses, String beside) {}

  /**
   * A balanced name.
   *
   * @param name as the backbone knows it
   * @param question what clients ask for
   * @param form how it reaches the backbone
   * @param zone the zone that the backbone serves
   */
  public record ServicePlan(
      DomainName name, DomainName question, DelegationForm form, DomainName zone) {}

  /** Plans a lab. */
  public static LabPlan of(LabOptions options) {
    RoundTrips table = RoundTrips.published();
    LabAddresses addresses = new LabAddresses(options.ipv6());
    List<City> beside = cities(table, LOAD_BALANCER_CITIES, options.loadBalancers());
    List<Node> nodes = new ArrayList<>(fixedNodes(addresses));
    List<Resolver> resolvers = new ArrayList<>();
    for (City city : beside) {
      Node balancer = loadBalancer(city, addresses);
      nodes.add(balancer);
      resolvers.add(new Resolver(city, addresses.resolver(city), balancer.id()));
    }
    List<SitePlan> sites =
        cities(table, SITE_CITIES, options.sites()).stream()
            .map(city -> new SitePlan(city.id(), city, addresses.site(city)))
            .toList();
    return new LabPlan(options, table, nodes, sites, resolvers, balancedServices());
  }

  private static List<City> cities(RoundTrips table, List<String> order, int count) {
    return order.subList(0, count).stream().map(table::city).toList();
  }

  private static List<Node> fixedNodes(LabAddresses addresses) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(authority("root", DomainName.of("a.nic.test"), addresses.root()));
    nodes.add(authority("foobar", ENTERPRISE.child("ns1"), addresses.authority()));
    for (int i = 1; i <= BACKBONE_NODES; i++) {
      String id = "b" + i;
      nodes.add(
          new Node(
              NodeRole.BACKBONE,
              id,
              INFRASTRUCTURE.child(id),
              addresses.backbone(i),
              addresses.backboneLabel(i),
              Optional.empty()));
    }
    return nodes;
  }

  private static Node authority(String id, DomainName name, List<InetAddress> addresses) {
    return new Node(NodeRole.AUTHORITY, id, name, addresses, List.of(), Optional.empty());
  }

  private static Node loadBalancer(City city, LabAddresses addresses) {
    String id = "lb-" + city.id();
    return new Node(
        NodeRole.LOAD_BALANCER,
        id,
        BALANCED.child("ns").child(id),
        addresses.loadBalancer(city),
        List.of(),
        Optional.of(city));
  }

  private static List<ServicePlan> balancedServices() {
    DomainName shop = ENTERPRISE.child("shop");
    return List.of(
        new ServicePlan(
            BALANCED.child("www"), ENTERPRISE.child("www"), DelegationForm.ALIASED, BALANCED),
        new ServicePlan(shop, shop, DelegationForm.DELEGATED, shop));
  }

  /** The nodes of a role in the plan's order. */
  public List<Node> nodes(NodeRole role) {
    return nodes.stream().filter(node -> node.role() == role).toList();
  }

  /** The prefixes that a load balancer stands beside: all of its city. */
  public List<Prefix> prefixes(Node loadBalancer) {
    return loadBalancer.city().map(this::prefixes).orElse(List.of());
  }

  /** The prefixes that hold everything in a city. */
  public List<Prefix> prefixes(City city) {
    return new LabAddresses(options.ipv6()).prefixes(city);
  }
}
