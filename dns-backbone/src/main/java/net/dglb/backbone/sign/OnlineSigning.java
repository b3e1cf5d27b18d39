package net.dglb.backbone.sign;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;

/**
 * What all signed zones of a node share: the signatures made so far, and how many more may be made.
 * A flood of questions that were never asked before costs the DNS threads no more than the budget:
 * beyond it UDP is answered with TC, which a forger cannot follow, and TCP, with a budget of its
 * own, with SERVFAIL, so that resolvers ask another backbone node.
 */
public final class OnlineSigning {

  final InstantSource clock;
  final RandomGenerator random;
  final LongAdder made = new LongAdder();
  final LongAdder signedSets = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder refused = new LongAdder();

  private final LongSupplier nanoTime;
  private volatile Limits limits;

  /** What a running node may be given anew, all at once. */
  private record Limits(
      SigningSettings settings,
      SignatureCache cache,
      SigningBudget positive,
      SigningBudget positiveOverTcp,
      SigningBudget denial,
      SigningBudget denialOverTcp) {

    static Limits of(SigningSettings settings, SignatureCache cache, LongSupplier nanoTime) {
      return new Limits(
          settings,
          cache,
          new SigningBudget(settings.perSecond(), nanoTime),
          new SigningBudget(settings.perSecond(), nanoTime),
          new SigningBudget(settings.denialsPerSecond(), nanoTime),
          new SigningBudget(settings.denialsPerSecond(), nanoTime));
    }
  }

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
    this.clock = clock;
    this.random = random;
    this.nanoTime = nanoTime;
    limits = Limits.of(settings, new SignatureCache(settings.cached()), nanoTime);
  }

  /**
   * Signs by other settings from now on, with full budgets; with another room for signatures it
   * begins with nothing signed.
   */
  public void use(SigningSettings next) {
    Limits before = limits;
    boolean sameRoom = next.cached() == before.settings().cached();
    limits =
        Limits.of(next, sameRoom ? before.cache() : new SignatureCache(next.cached()), nanoTime);
  }

  SignatureCache cache() {
    return limits.cache();
  }

  SignatureLifetime lifetime() {
    return limits.settings().lifetime();
  }

  /** Whether one more signature may be made for a question; if not, the answer says so already. */
  boolean permits(Query query, Answer answer, boolean nonexistent) {
    boolean stream = query.transport().isStream();
    Limits now = limits;
    SigningBudget budget =
        nonexistent
            ? stream ? now.denialOverTcp() : now.denial()
            : stream ? now.positiveOverTcp() : now.positive();
    if (budget.take()) {
      made.increment();
      return true;
    }
    refused.increment();
    if (stream) {
      answer.fail(Rcode.SERVFAIL);
      answer.extendedError(ExtendedError.NOT_READY, ExtendedError.NO_TEXT);
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
    long due = clock.instant().plus(lifetime().least().dividedBy(2)).getEpochSecond();
    SignatureCache cache = cache();
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
    SignatureCache cache = cache();
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
    Instant end = clock.instant().plus(lifetime().least());
    return end.getEpochSecond();
  }
}
