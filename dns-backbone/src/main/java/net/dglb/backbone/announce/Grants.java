package net.dglb.backbone.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.mapping.convert.Announcement;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;

/**
 * Who may say what: prefixes of load balancers and zones of authorities, by identity. What is not
 * granted is forbidden.
 *
 * @param loadBalancers by id
 * @param authorities by id
 */
public record Grants(Map<String, PrefixGrant> loadBalancers, Map<String, ZoneGrant> authorities) {

  /** Nothing is granted to anybody. */
  public static final Grants NONE = new Grants(Map.of(), Map.of());

  /** Copies the maps. */
  public Grants {
    loadBalancers = Map.copyOf(loadBalancers);
    authorities = Map.copyOf(authorities);
  }

  /**
   * What a load balancer may claim.
   *
   * @param resolvers its resolver prefixes must lie inside one of these
   * @param clients its client prefixes must lie inside one of these
   */
  public record PrefixGrant(List<Prefix> resolvers, List<Prefix> clients) {

    /** Copies the lists. */
    public PrefixGrant {
      resolvers = List.copyOf(resolvers);
      clients = List.copyOf(clients);
    }
  }

  /**
   * What an authority may register.
   *
   * @param zones these, and those below them
   * @param enterprise in whose name alone
   */
  public record ZoneGrant(List<DomainName> zones, String enterprise) {

    /** Copies the list. */
    public ZoneGrant {
      zones = List.copyOf(zones);
    }
  }

  /**
   * Why an announcement is refused, naming every forbidden prefix up to ten; empty if it is not.
   */
  public Optional<String> refusal(Announcement announcement) {
    PrefixGrant grant = loadBalancers.get(announcement.loadBalancer());
    if (grant == null) {
      return Optional.of(
          "load balancer " + announcement.loadBalancer() + " was granted nothing here");
    }
    List<String> forbidden = new ArrayList<>();
    outside("resolver", announcement.resolverPrefixes(), grant.resolvers(), forbidden);
    outside("client", announcement.clientPrefixes(), grant.clients(), forbidden);
    if (forbidden.isEmpty()) {
      return Optional.empty();
    }
    String more = forbidden.size() > 10 ? " and " + (forbidden.size() - 10) + " more" : "";
    return Optional.of(
        "not granted to "
            + announcement.loadBalancer()
            + ": "
            + String.join(", ", forbidden.subList(0, Math.min(10, forbidden.size())))
            + more
            + " (granted: resolvers "
            + grant.resolvers()
            + ", clients "
            + grant.clients()
            + ")");
  }

  /** An announcement without what is not granted; a withdrawn one has nothing to leave out. */
  StoredAnnouncement permitted(StoredAnnouncement said) {
    PrefixGrant grant = loadBalancers.get(said.id());
    if (grant == null) {
      return said.asWithdrawn();
    }
    return said.withPrefixes(
        inside(said.resolverPrefixes(), grant.resolvers()),
        inside(said.clientPrefixes(), grant.clients()));
  }

  private static List<Prefix> inside(List<Prefix> claimed, List<Prefix> granted) {
    return claimed.stream()
        .filter(prefix -> granted.stream().anyMatch(grant -> grant.contains(prefix)))
        .toList();
  }

  /** Whether an authority may register a zone of this name. */
  public boolean isGranted(String authority, DomainName origin) {
    return zones(authority).stream().anyMatch(origin::isAtOrBelow);
  }

  private List<DomainName> zones(String authority) {
    ZoneGrant grant = authorities.get(authority);
    return grant == null ? List.of() : grant.zones();
  }

  /** Why an authority may not say anything of a zone of this name; empty if it may. */
  public Optional<String> refusal(String authority, DomainName origin) {
    if (isGranted(authority, origin)) {
      return Optional.empty();
    }
    return Optional.of(
        "zone %s is not granted to authority %s (granted: %s)"
            .formatted(origin, authority, zones(authority)));
  }

  /** Why an authority may neither register nor remove this zone; empty if it may. */
  public Optional<String> refusal(String authority, EnterpriseZone zone) {
    ZoneGrant grant = authorities.get(authority);
    if (grant == null || grant.enterprise().equals(zone.enterprise())) {
      return refusal(authority, zone.origin());
    }
    return refusal(authority, zone.origin())
        .or(() ->
            Optional.of(
                "zone %1$s is of enterprise %2$s (expected: %4$s, the enterprise of authority %3$s; if it is to be %2$s, set grants.authorities.%3$s.enterprise = %2$s at every backbone node)"
                    .formatted(zone.origin(), zone.enterprise(), authority, grant.enterprise())));
  }

  private static void outside(
      String kind, List<Prefix> claimed, List<Prefix> granted, List<String> forbidden) {
    for (Prefix prefix : claimed) {
      if (granted.stream().noneMatch(grant -> grant.contains(prefix))) {
        forbidden.add(kind + " prefix " + prefix);
      }
    }
  }
}
