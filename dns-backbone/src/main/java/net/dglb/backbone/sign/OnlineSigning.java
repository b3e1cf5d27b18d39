package net.dglb.backbone.sign;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;

/**
 * What all signed zones of a node share: the signatures made so far, and how many more may be made.
 * A flood of questions that were never asked before costs the DNS threads no more than the budget:
 * beyond it UDP is answered with TC, which a forger cannot follow, and TCP, with a budget of its
 * own, with SERVFAIL, so that resolvers ask another backbone node.
 */
public final class OnlineSigning {

  /** Extended DNS Error: Not Ready (RFC 8914 section 4.15). */
  private static final int NOT_READY = 14;

  private static final byte[] NO_TEXT = {};

  final SignatureCache cache;
  final SigningSettings settings;
  final InstantSource clock;
  final RandomGenerator random;
  final LongAdder made = new LongAdder();
  final LongAdder signedSets = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder refused = new LongAdder();

  private final SigningBudget positive;
  private final SigningBudget positiveOverTcp;
  private final SigningBudget denial;
  private final SigningBudget denialOverTcp;

  /**
   * Begins with nothing signed.
   *
   * @param clock for the times in signatures; for all threads
   * @param random for all threads
   * @param nanoTime a clock that only goes forward, for the budgets
   */
  public OnlineSigning(
      SigningSettings settings,
      InstantSource clock,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    cache = new SignatureCache(settings.cached());
    positive = new SigningBudget(settings.perSecond(), nanoTime);
    positiveOverTcp = new SigningBudget(settings.perSecond(), nanoTime);
    denial = new SigningBudget(settings.denialsPerSecond(), nanoTime);
    denialOverTcp = new SigningBudget(settings.denialsPerSecond(), nanoTime);
  }

  /** Whether one more signature may be made for a question; if not, the answer says so already. */
  boolean permits(Query query, Answer answer, boolean nonexistent) {
    boolean stream = query.transport().isStream();
    SigningBudget budget =
        nonexistent ? stream ? denialOverTcp : denial : stream ? positiveOverTcp : positive;
    if (budget.take()) {
      made.increment();
      return true;
    }
    refused.increment();
    if (stream) {
      answer.fail(Rcode.SERVFAIL);
      answer.extendedError(NOT_READY, NO_TEXT);
    } else {
      answer.truncate();
    }
    return false;
  }

  /**
   * Makes again what is asked for and ends before half of its life is left or was made with keys
   * that are no longer used, and drops the rest of that. Takes milliseconds for each hundred: not
   * for the control thread.
   */
  public void renew() {
    long due = clock.instant().plus(settings.lifetime().least().dividedBy(2)).getEpochSecond();
    for (int place = 0; place < cache.size(); place++) {
      Signature there = cache.get(place);
      if (there != null && (there.zone.isOutdated(there) || there.ends < due)) {
        cache.replace(place, there, there.isUsed() ? there.zone.again(there) : null);
      }
    }
  }

  /** How many signatures are kept. */
  public long kept() {
    long count = 0;
    for (int place = 0; place < cache.size(); place++) {
      count += cache.get(place) == null ? 0 : 1;
    }
    return count;
  }

  /** How many signatures were made for questions. */
  public long made() {
    return made.sum();
  }

  /** How many record sets were signed, for questions and to renew. */
  public long signedSets() {
    return signedSets.sum();
  }

  /** How often a set was answered with a signature that was there. */
  public long hits() {
    return hits.sum();
  }

  /** How many questions were put off because too many signatures would have been needed. */
  public long refused() {
    return refused.sum();
  }

  /** When a signature that is made now ends at the earliest. */
  long ends() {
    Instant end = clock.instant().plus(settings.lifetime().least());
    return end.getEpochSecond();
  }
}
