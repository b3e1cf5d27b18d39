package net.dglb.backbone.registry.api;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.xbill.DNS.Message;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Which aliases of a zone are the apex of a zone of their own: no CNAME may stand there, beside SOA
 * and NS (RFC 1034 section 3.6.2). It is looked up; an alias that nobody tells of within seconds is
 * taken for one if the registered zone lies below it. For all threads.
 */
final class BareDomains {

  private static final long LONGEST_MILLIS = 2_000;
  private static final int LOOKED_UP = 50;

  private final DnsLookup dns;

  BareDomains(DnsLookup dns) {
    this.dns = dns;
  }

  /** Those of a zone; never fails. */
  CompletionStage<Set<DomainName>> of(EnterpriseZone zone) {
    List<DomainName> aliases =
        zone.services().stream().flatMap(each -> each.aliases().stream()).toList();
    CompletionStage<Set<DomainName>> all = CompletableFuture.completedFuture(Set.of());
    for (int i = 0; i < aliases.size(); i++) {
      DomainName alias = aliases.get(i);
      boolean likely = zone.origin().isAtOrBelow(alias);
      if (i < LOOKED_UP) {
        all = all.thenCombine(isApex(alias, likely), (some, is) -> with(some, alias, is));
      } else if (likely) {
        all = all.thenApply(some -> with(some, alias, true));
      }
    }
    return all;
  }

  private CompletionStage<Boolean> isApex(DomainName alias, boolean likely) {
    return dns.resolve(alias, Type.SOA)
        .thenApply(answer -> hasSoa(answer, alias))
        .toCompletableFuture()
        .completeOnTimeout(likely, LONGEST_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> likely);
  }

  private static boolean hasSoa(Message answer, DomainName alias) {
    return ParentSide.records(answer)
        .anyMatch(record -> record instanceof SOARecord && ParentSide.owner(record).equals(alias));
  }

  private static Set<DomainName> with(Set<DomainName> some, DomainName alias, boolean is) {
    if (!is) {
      return some;
    }
    Set<DomainName> more = new HashSet<>(some);
    more.add(alias);
    return more;
  }
}
