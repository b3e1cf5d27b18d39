package net.dglb.backbone.registry.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.dglb.net.DomainName;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What the parent of a zone says of it: resolvers tell the child's own word (RFC 2181 section
 * 5.4.1), so that the parent's name servers are found and asked themselves.
 */
final class ParentSide {

  private static final int SERVERS = 3;

  /** How many names upwards a SOA record is looked for. */
  private static final int STEPS = 8;

  private final DnsLookup dns;

  ParentSide(DnsLookup dns) {
    this.dns = dns;
  }

  /** The addresses of a few name servers of the zone above a zone. */
  CompletionStage<List<InetAddress>> servers(DomainName origin) {
    return apex(origin.parent(), origin.parent(), STEPS)
        .thenCompose(apex ->
            dns.resolve(apex, Type.NS).thenCompose(answer -> addresses(targets(answer, apex))));
  }

  /**
   * The apex of the zone that a name is in: upwards until a SOA record is told. Of a name that is
   * an alias resolvers tell none but its target's, and something on the way may strip the one that
   * stands beside an empty answer.
   */
  private CompletionStage<DomainName> apex(DomainName first, DomainName name, int left) {
    return dns.resolve(name, Type.SOA)
        .thenCompose(answer -> {
          Optional<DomainName> apex = apex(answer, name);
          if (apex.isPresent()) {
            return CompletableFuture.completedFuture(apex.get());
          }
          if (!isSure(answer)) {
            return CompletableFuture.failedFuture(unsure(answer, name, Type.SOA));
          }
          if (left == 0 || name.parent().equals(DomainName.ROOT)) {
            return CompletableFuture.failedFuture(
                new IOException(
                    "the resolvers tell no SOA record at or above "
                        + first
                        + " (expected: that of its zone; does something on the way strip it?)"));
          }
          return apex(first, name.parent(), left - 1);
        });
  }

  /** Whether an answer says what there is, and be it nothing. */
  static boolean isSure(Message answer) {
    return answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.NXDOMAIN;
  }

  /** What to say of an answer that says nothing. */
  static IOException unsure(Message answer, DomainName name, int type) {
    return new IOException(
        "the resolvers answer %s for %s of %s"
            .formatted(Rcode.string(answer.getRcode()), Type.string(type), name));
  }

  /** The first answer of these servers. */
  CompletionStage<Message> ask(List<InetAddress> servers, DomainName name, int type) {
    if (servers.isEmpty()) {
      return CompletableFuture.failedFuture(
          new IOException("no address of a name server above " + name));
    }
    return dns.ask(servers.getFirst(), name, type)
        .handle((answer, failure) ->
            answer == null && servers.size() > 1
                ? ask(servers.subList(1, servers.size()), name, type)
                : answer == null
                    ? CompletableFuture.<Message>failedFuture(failure)
                    : CompletableFuture.completedFuture(answer))
        .thenCompose(next -> next);
  }

  /** Where the name is an alias, its target's zone is told too: that one's servers are not its. */
  private static Optional<DomainName> apex(Message answer, DomainName name) {
    return records(answer)
        .filter(SOARecord.class::isInstance)
        .map(ParentSide::owner)
        .filter(name::isAtOrBelow)
        .findFirst();
  }

  private static List<DomainName> targets(Message answer, DomainName apex) {
    return records(answer)
        .filter(record -> record instanceof NSRecord && owner(record).equals(apex))
        .map(record -> name(((NSRecord) record).getTarget()))
        .limit(SERVERS)
        .toList();
  }

  private CompletionStage<List<InetAddress>> addresses(List<DomainName> servers) {
    CompletionStage<List<InetAddress>> all = CompletableFuture.completedFuture(List.of());
    for (DomainName server : servers) {
      for (int type : new int[] {Type.A, Type.AAAA}) {
        all =
            all.thenCombine(
                dns.resolve(server, type)
                    .thenApply(ParentSide::addresses)
                    .exceptionally(failure -> List.of()),
                ParentSide::joined);
      }
    }
    return all;
  }

  private static List<InetAddress> joined(List<InetAddress> some, List<InetAddress> more) {
    List<InetAddress> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<InetAddress> addresses(Message answer) {
    return records(answer).flatMap(record -> address(record).stream()).toList();
  }

  static List<InetAddress> address(Record record) {
    return switch (record) {
      case ARecord a -> List.of(a.getAddress());
      case AAAARecord aaaa -> List.of(aaaa.getAddress());
      default -> List.of();
    };
  }

  /** Every record of an answer. */
  static Stream<Record> records(Message answer) {
    return Stream.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)
        .flatMap(section -> answer.getSection(section).stream());
  }

  static DomainName owner(Record record) {
    return name(record.getName());
  }

  static DomainName name(org.xbill.DNS.Name name) {
    return DomainName.of(name.toString(true));
  }
}
