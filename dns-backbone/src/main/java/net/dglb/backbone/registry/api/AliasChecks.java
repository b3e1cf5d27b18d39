package net.dglb.backbone.registry.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/**
 * Whether the aliases of a zone lead to its services: by a CNAME, and where none may stand, at a
 * bare domain, by addresses that are the service's.
 */
final class AliasChecks {

  private static final int LOOKED_AT = 50;

  /** The priority that makes an HTTPS record an alias (RFC 9460 section 2.4.2). */
  private static final int ALIAS_MODE = 0;

  private final DnsLookup dns;
  private final BareDomains bare;

  AliasChecks(DnsLookup dns) {
    this.dns = dns;
    bare = new BareDomains(dns);
  }

  /** What is found of them; fails if that cannot be looked up. */
  CompletionStage<Findings> look(EnterpriseZone zone) {
    return bare.of(zone).thenCompose(apexes -> look(zone, apexes));
  }

  private CompletionStage<Findings> look(EnterpriseZone zone, Set<DomainName> apexes) {
    CompletionStage<Findings> found = CompletableFuture.completedFuture(Findings.NONE);
    int left = LOOKED_AT;
    for (Service service : zone.services()) {
      for (DomainName alias : service.aliases()) {
        if (left-- > 0) {
          CompletionStage<Findings> next =
              apexes.contains(alias)
                  ? atApex(alias, service).thenApply(Findings::of)
                  : dns.resolve(alias, Type.CNAME)
                      .thenApply(answer -> alias(alias, service, answer));
          found = found.thenCombine(next, Findings::with);
        }
      }
    }
    return found;
  }

  private static Findings alias(DomainName alias, Service service, Message answer) {
    Optional<DomainName> found = target(alias, service, answer);
    if (found.filter(service.name()::equals).isPresent()) {
      return new Findings(List.of(), Set.of(alias));
    }
    return Findings.of(
        List.of(
            found.isEmpty()
                ? "missing: %s. IN CNAME %s.".formatted(alias, service.name())
                : "out of date: %s. IN CNAME %s. (expected: %s.)"
                    .formatted(alias, found.get(), service.name())));
  }

  /** Where the alias leads; the service, if to several names. */
  private static Optional<DomainName> target(DomainName alias, Service service, Message answer) {
    List<DomainName> found =
        ParentSide.records(answer)
            .filter(CNAMERecord.class::isInstance)
            .filter(record -> ParentSide.owner(record).equals(alias))
            .map(record -> ParentSide.name(((CNAMERecord) record).getTarget()))
            .toList();
    return found.contains(service.name())
        ? Optional.of(service.name())
        : found.stream().findFirst();
  }

  private CompletionStage<List<String>> atApex(DomainName apex, Service service) {
    return dns.resolve(apex, Type.A)
        .thenCombine(
            dns.resolve(apex, Type.AAAA), (some, more) -> addresses(apex, service, some, more))
        .thenCombine(
            dns.resolve(apex, Type.HTTPS)
                .thenApply(answer -> https(apex, service, answer))
                .exceptionally(_ -> List.of()), // old resolvers do not know the type
            AliasChecks::joined);
  }

  private static List<String> addresses(
      DomainName apex, Service service, Message some, Message more) {
    Optional<DomainName> target = target(apex, service, some).or(() -> target(apex, service, more));
    if (target.isPresent()) {
      return List.of(
          "wrong: %s. IN CNAME %s.: no CNAME may stand at a zone's apex (expected: %s)"
              .formatted(apex, target.get(), RecordsToAdd.flattened(service)));
    }
    Set<String> found = new TreeSet<>();
    Stream.of(some, more)
        .flatMap(ParentSide::records)
        .filter(record -> ParentSide.owner(record).equals(apex))
        .flatMap(record -> ParentSide.address(record).stream())
        .forEach(address -> found.add(AddressLiteral.text(address)));
    if (found.isEmpty()) {
      return List.of(
          "missing: addresses at %s. (expected: %s)"
              .formatted(apex, RecordsToAdd.flattened(service)));
    }
    Set<String> own = own(service);
    return found.stream()
        .filter(address -> !own.contains(address))
        .map(address ->
            "out of date: address %s of %s. is none of the service's (expected: %s)"
                .formatted(address, apex, RecordsToAdd.flattened(service)))
        .toList();
  }

  private static Set<String> own(Service service) {
    Set<String> own = new HashSet<>();
    Stream<InetAddress> all =
        Stream.concat(
            service.targets().map(ProbeTarget::address), service.allDown().addresses().stream());
    all.forEach(address -> own.add(AddressLiteral.text(address)));
    return own;
  }

  /** None need be there, but one in the alias form (priority 0) must not lead elsewhere. */
  private static List<String> https(DomainName apex, Service service, Message answer) {
    return ParentSide.records(answer)
        .filter(HTTPSRecord.class::isInstance)
        .filter(record -> ParentSide.owner(record).equals(apex))
        .map(HTTPSRecord.class::cast)
        .filter(record -> record.getSvcPriority() == ALIAS_MODE)
        .map(record -> ParentSide.name(record.getTargetName()))
        .filter(target -> !target.equals(service.name()))
        .map(target ->
            "out of date: %s. IN HTTPS 0 %s. (expected: %s.)"
                .formatted(apex, target, service.name()))
        .toList();
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
