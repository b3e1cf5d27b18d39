package net.dglb.dns.serve;

import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/** Decides whether a source is heard, and what becomes of its answers. One per worker. */
final class ResponseGuard {

  /** What becomes of an answer. */
  enum Verdict {
    SEND,
    TRUNCATE,
    DROP
  }

  /** The first 24 bits of an IPv4 address, the first 56 of an IPv6 address. */
  private static final long IPV4_NETWORK = -1L << 40;

  private static final long IPV6_NETWORK = -1L << 8;
  private static final long OTHERS = 3L << 48;

  private final PrefixTable access;
  private final boolean hasAccess;
  private final @Nullable RateLimiter limiter;
  private final int slip;
  private int heldBack;

  /**
   * Guards one worker.
   *
   * @param limiter shared by all workers of the server; null for no limit
   */
  ResponseGuard(GuardSettings settings, @Nullable RateLimiter limiter) {
    access = settings.access();
    hasAccess = access.size() > 0;
    slip = settings.slip();
    this.limiter = limiter;
  }

  /** Whether the source is denied. */
  boolean denies(AddressBits source) {
    return hasAccess && PrefixTable.value(access.find(source)) == GuardSettings.DENIED;
  }

  /** What becomes of an answer; it is finished, but for its header. */
  Verdict verdict(Query query, Answer answer, long nowMillis) {
    RateLimiter limits = limitsOf(query);
    return limits == null
        ? Verdict.SEND
        : verdict(limits, query.source(), kind(query, answer), nowMillis);
  }

  /** Whether a message is answered elsewhere; all that are share a bucket. */
  Verdict verdictOfOthers(Query query, long nowMillis) {
    RateLimiter limits = limitsOf(query);
    return limits == null ? Verdict.SEND : verdict(limits, query.source(), OTHERS, nowMillis);
  }

  private @Nullable RateLimiter limitsOf(Query query) {
    boolean free =
        limiter == null
            || query.transport().isStream()
            || query.hasValidCookie()
            || (hasAccess
                && PrefixTable.value(access.find(query.source())) == GuardSettings.EXEMPT);
    return free ? null : limiter;
  }

  private Verdict verdict(RateLimiter limits, AddressBits source, long kind, long nowMillis) {
    long network = source.high() & (source.ipv4() ? IPV4_NETWORK : IPV6_NETWORK);
    if (limits.take(RateLimiter.key(network, kind), nowMillis)) {
      return Verdict.SEND;
    }
    return slip > 0 && ++heldBack % slip == 0 ? Verdict.TRUNCATE : Verdict.DROP;
  }

  /**
   * Answers of one kind share a bucket: those for one name; all negative answers and referrals of a
   * zone, since a flood of invented names would otherwise have a bucket for each; all errors.
   */
  private static long kind(Query query, Answer answer) {
    int rcode = answer.rcode();
    if (rcode == Rcode.NOERROR && answer.hasAnswers()) {
      return (long) query.type() << 32 | (query.suffixHash(0) & 0xffff_ffffL);
    }
    if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
      return 1L << 48 | (query.suffixHash(query.apexLabel()) & 0xffff_ffffL);
    }
    return 2L << 48 | rcode;
  }
}
