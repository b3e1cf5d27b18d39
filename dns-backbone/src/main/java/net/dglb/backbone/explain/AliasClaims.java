package net.dglb.backbone.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/**
 * Which service a name is an alias of. Anybody can name anybody's host in a registration, so that a
 * claim counts only if something speaks for it: the name lies in a registered zone of that
 * enterprise, or DNS was seen to lead from the name to the service, or the name lies in the domain
 * above the zone, the nearest such domain of all that claim it.
 */
final class AliasClaims {

  private record Claim(EnterpriseZone zone, DomainName service) {}

  private final List<EnterpriseZone> zones;
  private final SeenAliases seen;

  /** Of these registered zones. */
  AliasClaims(List<EnterpriseZone> zones, SeenAliases seen) {
    this.zones = zones;
    this.seen = seen;
  }

  /**
   * The service; empty if nobody who might says that the name is an alias.
   *
   * @throws IllegalArgumentException if nothing speaks for any claim, or as much for several
   */
  Optional<DomainName> target(DomainName alias) {
    List<Claim> claims =
        zones.stream()
            .flatMap(zone ->
                zone.services().stream()
                    .filter(service -> service.aliases().contains(alias))
                    .map(service -> new Claim(zone, service.name())))
            .toList();
    Optional<String> owner = owner(alias);
    List<Claim> possible =
        those(claims, it -> owner.map(it.zone().enterprise()::equals).orElse(true));
    if (possible.isEmpty()) {
      return Optional.empty();
    }
    List<Claim> inDns = those(possible, it -> seen.of(it.zone().origin()).contains(alias));
    List<Claim> believed =
        !inDns.isEmpty() ? inDns : owner.isPresent() ? possible : nearest(possible, alias);
    List<DomainName> services = believed.stream().map(Claim::service).distinct().toList();
    if (services.size() != 1) {
      throw new IllegalArgumentException(refusal(alias, services.isEmpty() ? claims : believed));
    }
    return Optional.of(services.getFirst());
  }

  /** The enterprise that registered a zone in which the name lies. */
  private Optional<String> owner(DomainName name) {
    return zones.stream()
        .filter(zone -> name.isAtOrBelow(zone.origin()))
        .map(EnterpriseZone::enterprise)
        .findFirst();
  }

  private static List<Claim> nearest(List<Claim> claims, DomainName alias) {
    List<Claim> below = those(claims, it -> isInDomainAbove(it.zone().origin(), alias));
    int nearest =
        below.stream()
            .map(it -> it.zone().origin().labels().size())
            .max(Comparator.naturalOrder())
            .orElse(0);
    return those(below, it -> it.zone().origin().labels().size() == nearest);
  }

  /** A domain of one label, such as com, is nobody's own. */
  private static boolean isInDomainAbove(DomainName origin, DomainName alias) {
    DomainName above = origin.parent();
    return above.labels().size() > 1 && alias.isAtOrBelow(above);
  }

  private static List<Claim> those(List<Claim> claims, Predicate<Claim> which) {
    return claims.stream().filter(which).toList();
  }

  private static String refusal(DomainName alias, List<Claim> claims) {
    String named =
        claims.stream()
            .map(it -> it.service() + " of " + it.zone().enterprise())
            .collect(Collectors.joining(", "));
    return alias
        + ": named as an alias of "
        + named
        + ", and nothing shows whose it is: DNS was not seen to lead from it to just one of them"
        + " (expected: its CNAME record, or ask for the service's own name)";
  }
}
