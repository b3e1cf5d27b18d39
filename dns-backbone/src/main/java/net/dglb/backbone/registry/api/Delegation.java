package net.dglb.backbone.registry.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Type;

/**
 * Whether the enterprise's own zone holds what it must: the delegation at the parent's side with
 * the addresses beside it, the aliases, and a DS record just if the zone is signed.
 */
final class Delegation {

  private final ParentSide parent;
  private final AliasChecks aliases;

  Delegation(DnsLookup dns) {
    parent = new ParentSide(dns);
    aliases = new AliasChecks(dns);
  }

  /**
   * Looks it up.
   *
   * @param nameServers the backbone's own, with their addresses
   * @param signers what is to be held of the zone's keys; none if they are not known yet
   */
  CompletionStage<Findings> look(
      EnterpriseZone zone,
      Map<DomainName, Set<InetAddress>> nameServers,
      List<DelegationSigner> signers) {
    CompletionStage<Findings> found =
        parent
            .servers(zone.origin())
            .thenCompose(servers ->
                parent
                    .ask(servers, zone.origin(), Type.NS)
                    .thenApply(answer -> referral(zone.origin(), answer, nameServers))
                    .thenApply(Findings::of)
                    .thenCombine(
                        parent
                            .ask(servers, zone.origin(), Type.DS)
                            .thenApply(answer -> Findings.of(ds(zone, signers, answer))),
                        Findings::with));
    return found.thenCombine(aliases.look(zone), Findings::with);
  }

  private static List<String> referral(
      DomainName origin, Message answer, Map<DomainName, Set<InetAddress>> nameServers) {
    Set<DomainName> found =
        ParentSide.records(answer)
            .filter(NSRecord.class::isInstance)
            .filter(record -> ParentSide.owner(record).equals(origin))
            .map(record -> ParentSide.name(((NSRecord) record).getTarget()))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> warnings = new ArrayList<>();
    Optional<DomainName> alias =
        ParentSide.records(answer)
            .filter(CNAMERecord.class::isInstance)
            .filter(record -> ParentSide.owner(record).equals(origin))
            .map(record -> ParentSide.name(((CNAMERecord) record).getTarget()))
            .findFirst();
    if (alias.isPresent()) {
      warnings.add(
          "wrong in the zone above: %s. IN CNAME %s.: nothing can be delegated beside it"
              .formatted(origin, alias.get()));
      return warnings;
    }
    if (found.isEmpty()) {
      warnings.add(origin + " is not delegated: the zone above it has no NS records for it");
      return warnings;
    }
    for (DomainName server : nameServers.keySet()) {
      if (!found.contains(server)) {
        warnings.add("missing in the zone above: %s. IN NS %s.".formatted(origin, server));
      }
    }
    for (DomainName server : found) {
      if (!nameServers.containsKey(server)) {
        warnings.add("out of date in the zone above: %s. IN NS %s.".formatted(origin, server));
      }
    }
    warnings.addAll(glue(answer, nameServers));
    return warnings;
  }

  private static List<String> glue(Message answer, Map<DomainName, Set<InetAddress>> nameServers) {
    return ParentSide.records(answer)
        .filter(record -> nameServers.containsKey(ParentSide.owner(record)))
        .flatMap(record ->
            ParentSide.address(record).stream()
                .filter(address ->
                    !nameServers.getOrDefault(ParentSide.owner(record), Set.of()).contains(address))
                .map(address ->
                    "out of date beside the delegation: address %s of %s"
                        .formatted(AddressLiteral.text(address), ParentSide.owner(record))))
        .toList();
  }

  private static List<String> ds(
      EnterpriseZone zone, List<DelegationSigner> signers, Message answer) {
    DomainName origin = zone.origin();
    List<DSRecord> found =
        ParentSide.records(answer)
            .filter(record -> record instanceof DSRecord && ParentSide.owner(record).equals(origin))
            .map(DSRecord.class::cast)
            .toList();
    if (!zone.dnssec()) {
      return found.isEmpty()
          ? List.of()
          : List.of(
              "wrong in the zone above: a DS record for "
                  + origin
                  + ", which is not signed: validating resolvers fail");
    }
    if (found.isEmpty()) {
      return List.of("missing in the zone above: a DS record for " + origin + ", which is signed");
    }
    return signers.isEmpty() ? List.of() : compared(origin, signers, found);
  }

  /** Each key that signs must be vouched for, and no other one is to be. */
  private static List<String> compared(
      DomainName origin, List<DelegationSigner> signers, List<DSRecord> found) {
    Set<String> wanted = texts(signers.stream().map(DelegationSigner::toString));
    Set<String> held = texts(found.stream().map(DSRecord::rdataToString));
    List<String> warnings = new ArrayList<>();
    for (String ds : held) {
      if (!wanted.contains(ds)) {
        warnings.add(
            "%s in the zone above: %s. IN DS %s%s"
                .formatted(
                    Collections.disjoint(held, wanted) ? "wrong" : "out of date",
                    origin,
                    ds,
                    Collections.disjoint(held, wanted)
                        ? " is of no key of the zone: validating resolvers fail"
                        : " is of no key of the zone"));
      }
    }
    for (String ds : wanted) {
      if (!held.contains(ds)) {
        warnings.add("missing in the zone above: %s. IN DS %s".formatted(origin, ds));
      }
    }
    return warnings;
  }

  private static Set<String> texts(Stream<String> records) {
    return records
        .map(text -> text.toUpperCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
