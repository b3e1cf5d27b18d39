package net.dglb.backbone.registry.api;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.dglb.net.DomainName;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Looks TXT records up at the name servers of the zone above the name, since a resolver that was
 * asked before they were there goes on saying so (RFC 2308). The resolvers are asked where those
 * servers are not found, do not answer with authority, or tell of an alias.
 */
public final class DnsTxtLookup implements TxtLookup {

  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final int SERVERS = 6;

  private final DnsLookup dns;
  private final ParentSide parent;

  /** Asks this. */
  public DnsTxtLookup(DnsLookup dns) {
    this.dns = dns;
    parent = new ParentSide(dns);
  }

  /** The texts that any of those servers has; completed within some ten seconds. */
  @Override
  public CompletionStage<List<String>> texts(DomainName name) {
    return parent
        .servers(name)
        .thenApply(servers -> servers.stream().distinct().limit(SERVERS).toList())
        .toCompletableFuture()
        .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(servers -> told(servers, name))
        .exceptionally(_ -> Optional.empty())
        .thenCompose(told ->
            told.isPresent() ? CompletableFuture.completedFuture(told.get()) : resolved(name));
  }

  private CompletionStage<List<String>> resolved(DomainName name) {
    return dns.resolve(name, Type.TXT)
        .thenCompose(answer ->
            ParentSide.isSure(answer)
                ? CompletableFuture.completedFuture(texts(answer))
                : CompletableFuture.failedFuture(ParentSide.unsure(answer, name, Type.TXT)));
  }

  /** Empty if none of them can say. */
  private CompletionStage<Optional<List<String>>> told(List<InetAddress> servers, DomainName name) {
    CompletionStage<Optional<List<String>>> all =
        CompletableFuture.completedFuture(Optional.empty());
    for (InetAddress server : servers) {
      all =
          all.thenCombine(
              dns.ask(server, name, Type.TXT)
                  .thenApply(DnsTxtLookup::told)
                  .exceptionally(_ -> Optional.empty()),
              DnsTxtLookup::joined);
    }
    return all;
  }

  private static Optional<List<String>> told(Message answer) {
    boolean sure = answer.getHeader().getFlag(Flags.AA) && ParentSide.isSure(answer);
    List<String> texts = texts(answer);
    boolean alias = texts.isEmpty() && !answer.getSection(Section.ANSWER).isEmpty();
    return sure && !alias ? Optional.of(texts) : Optional.empty();
  }

  private static Optional<List<String>> joined(
      Optional<List<String>> some, Optional<List<String>> more) {
    if (some.isEmpty() || more.isEmpty()) {
      return some.or(() -> more);
    }
    List<String> all = new ArrayList<>(some.get());
    more.get().stream().filter(text -> !all.contains(text)).forEach(all::add);
    return Optional.of(all);
  }

  private static List<String> texts(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(TXTRecord.class::isInstance)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .toList();
  }
}
