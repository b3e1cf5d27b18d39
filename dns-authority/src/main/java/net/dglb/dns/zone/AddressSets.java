package net.dglb.dns.zone;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * What a balanced name answers.
 *
 * @param ipv4 to questions for A
 * @param ipv6 to questions for AAAA
 */
public record AddressSets(AnswerSet ipv4, AnswerSet ipv6) {

  /**
   * The same for all.
   *
   * @param addresses in the order in which they are answered, both families mixed; a family without
   *     an address is answered with NODATA
   */
  public static AddressSets of(int ttlSeconds, List<InetAddress> addresses) {
    return new AddressSets(
        sameForAll(RecordType.A, ttlSeconds, addresses, true),
        sameForAll(RecordType.AAAA, ttlSeconds, addresses, false));
  }

  private static AnswerSet sameForAll(
      int type, int ttlSeconds, List<InetAddress> addresses, boolean four) {
    List<InetAddress> matching =
        addresses.stream().filter(address -> address instanceof Inet4Address == four).toList();
    return AnswerSet.ofAddresses(
        type, ttlSeconds, List.of(matching), false, Selection.only(), List.of());
  }

  /** The set for a query, or null for NODATA; a type that is none of these has none. */
  public @Nullable RecordSet find(Query query, Answer answer) {
    return switch (query.type()) {
      case RecordType.A -> ipv4.choose(query, answer);
      case RecordType.AAAA -> ipv6.choose(query, answer);
      case RecordType.ANY -> any(query, answer);
      default -> null;
    };
  }

  /** The shortest TTL of any set; of none the given one. */
  public int shortestTtlSeconds(int usual) {
    return Math.min(ipv4.shortestTtlSeconds(usual), ipv6.shortestTtlSeconds(usual));
  }

  /** One set is enough (RFC 8482 section 4.1). */
  private @Nullable RecordSet any(Query query, Answer answer) {
    RecordSet set = ipv4.choose(query, answer);
    return set == null ? ipv6.choose(query, answer) : set;
  }
}
