package net.dglb.backbone.registry.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Looks up the DS records of a zone at the name servers of its parent. */
public final class ParentSigners {

  /** SHA-256 and SHA-384; validators may not use SHA-1 (RFC 8624 section 3.3). */
  private static final Set<Integer> KNOWN_DIGESTS = Set.of(2, 4);

  private final DnsLookup dns;
  private final ParentSide parent;

  /** Asks like this. */
  public ParentSigners(DnsLookup dns) {
    this.dns = dns;
    this.parent = new ParentSide(dns);
  }

  /**
   * What those servers say that answer.
   *
   * @return empty unless at least one answers, and all that do say the same; completed within
   *     seconds, exceptionally if the parent is not found
   */
  public CompletionStage<Optional<Set<DelegationSigner>>> of(DomainName origin) {
    return parent.servers(origin).thenCompose(servers -> of(servers, origin));
  }

  private CompletionStage<Optional<Set<DelegationSigner>>> of(
      List<InetAddress> servers, DomainName origin) {
    List<CompletableFuture<Optional<Set<DelegationSigner>>>> asked = new ArrayList<>();
    for (InetAddress server : servers) {
      asked.add(
          dns.ask(server, origin, Type.DS)
              .handle((answer, failure) ->
                  failure == null
                      ? signers(origin, answer)
                      : Optional.<Set<DelegationSigner>>empty())
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          Set<Set<DelegationSigner>> views = new HashSet<>();
          asked.forEach(each -> each.join().ifPresent(views::add));
          return views.size() == 1 ? Optional.of(views.iterator().next()) : Optional.empty();
        });
  }

  private static Optional<Set<DelegationSigner>> signers(DomainName origin, Message answer) {
    if (answer.getRcode() != Rcode.NOERROR || !answer.getHeader().getFlag(Flags.AA)) {
      return Optional.empty();
    }
    return Optional.of(
        answer.getSection(Section.ANSWER).stream()
            .filter(record ->
                record instanceof DSRecord ds
                    && KNOWN_DIGESTS.contains(ds.getDigestID())
                    && ParentSide.owner(record).equals(origin))
            .map(record -> DelegationSigner.of(record.rdataToWireCanonical()))
            .collect(Collectors.toSet()));
  }
}
