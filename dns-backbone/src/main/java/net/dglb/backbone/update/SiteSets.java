package net.dglb.backbone.update;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * The sites of one service while an update changes them. The service's own name stands for the
 * addresses of all sites: one that is new there becomes a site named after it, and one that is gone
 * from there is taken from its site.
 */
final class SiteSets {

  private static final String NAMED_BY_IPV4 = "ip-";
  private static final String NAMED_BY_IPV6 = "ip6-";

  private final Service service;
  private final Map<String, Site> sites = new LinkedHashMap<>();

  /** Whose each address was at first: one that is taken and given back in one update returns. */
  private final Map<InetAddress, String> homes = new HashMap<>();

  SiteSets(Service service) {
    this.service = service;
    for (Site site : service.sites()) {
      sites.put(site.id(), site);
      site.addresses().forEach(address -> homes.put(address, site.id()));
    }
  }

  /** The addresses of one family, of all sites in their order. */
  List<InetAddress> addresses(AddressFamily family) {
    return sites.values().stream().flatMap(site -> site.addresses(family).stream()).toList();
  }

  /** The addresses of one site; none if there is no such site. */
  List<InetAddress> addresses(String site, AddressFamily family) {
    Site found = sites.get(site);
    return found == null ? List.of() : found.addresses(family);
  }

  /** The ids of the sites. */
  List<String> ids() {
    return List.copyOf(sites.keySet());
  }

  /** Adds an address to the service, as a site of its own unless a site has it. */
  void add(InetAddress address) {
    if (siteOf(address).isEmpty()) {
      String home = homes.getOrDefault(address, "");
      add(sites.containsKey(home) ? home : idOf(address), address);
    }
  }

  /** Adds an address to a site, which is made if there is none. */
  void add(String id, InetAddress address) {
    Site site = sites.get(id);
    List<InetAddress> all = new ArrayList<>(site == null ? List.of() : site.addresses());
    if (!all.contains(address)) {
      all.add(address);
    }
    sites.put(id, site == null ? new Site(id, all, Optional.empty()) : site.withAddresses(all));
  }

  /** Takes an address from whatever site has it. A site named after it ends with it. */
  void remove(InetAddress address) {
    siteOf(address)
        .ifPresent(site -> {
          take(site, address);
          if (addressesOf(site).isEmpty() && site.equals(idOf(address))) {
            sites.remove(site);
          }
        });
  }

  /** Takes an address from a site, which ends with its last one. */
  void remove(String id, InetAddress address) {
    if (sites.containsKey(id)) {
      take(id, address);
      if (addressesOf(id).isEmpty()) {
        sites.remove(id);
      }
    }
  }

  private void take(String id, InetAddress address) {
    sites.computeIfPresent(
        id,
        (_, site) ->
            site.withAddresses(
                site.addresses().stream().filter(it -> !it.equals(address)).toList()));
  }

  private List<InetAddress> addressesOf(String id) {
    Site site = sites.get(id);
    return site == null ? List.of() : site.addresses();
  }

  private Optional<String> siteOf(InetAddress address) {
    return sites.values().stream()
        .filter(site -> site.addresses().contains(address))
        .map(Site::id)
        .findFirst();
  }

  /** The id of a site that is named after its address. */
  static String idOf(InetAddress address) {
    return AddressFamily.of(address) == AddressFamily.IPV4
        ? NAMED_BY_IPV4 + address.getHostAddress().replace('.', '-')
        : NAMED_BY_IPV6 + HexFormat.of().formatHex(address.getAddress());
  }

  /** The service with these sites, in the order of their ids, as a document has them. */
  Service result() {
    List<Site> all = sorted(sites.values());
    return all.equals(sorted(service.sites())) ? service : service.withSites(all);
  }

  private static List<Site> sorted(Collection<Site> sites) {
    return sites.stream().sorted(Comparator.comparing(Site::id)).toList();
  }
}
