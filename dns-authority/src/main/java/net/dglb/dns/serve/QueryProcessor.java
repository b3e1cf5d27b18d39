package net.dglb.dns.serve;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.Prefetch;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.ParseVerdict;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.QueryParser;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.ServerCookies;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.Zone;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one message into its answer, in place: parse, find the zone, let it answer, finish. One per
 * thread; allocates nothing. Called by the transports' workers.
 */
final class QueryProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(QueryProcessor.class);

  /** Instead of a length: the message is for {@link #handOn}. */
  static final int BEYOND_QUERIES = -1;

  private static final byte[] FAILED =
      "this question failed here".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IN_QUARANTINE =
      "this question has failed before".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OVERLOADED =
      "too many such messages at once".getBytes(StandardCharsets.US_ASCII);

  private static final int MILLIS_PER_SECOND = 1000;

  private final Published<ServerParts> newest;
  private final WorkerCounters counters;
  private final Query query = new Query();

  /** What this worker answers by, taken anew at a {@link #tick} after it changed. */
  private ServerParts parts;

  private ServerCookies cookies;
  private ResponseGuard guard;
  private Answer answer;
  private int keepaliveDeciseconds;
  private long nowMillis;
  private long nowSeconds;

  /** One that shares nothing with others. */
  QueryProcessor(Published<Catalog> catalog, int udpPayloadMax, WorkerCounters counters) {
    this(ServerParts.alone(catalog, udpPayloadMax), counters);
  }

  /** One whose parts stay the same. */
  QueryProcessor(ServerParts parts, WorkerCounters counters) {
    this(new Published<>(parts), counters);
  }

  QueryProcessor(Published<ServerParts> newest, WorkerCounters counters) {
    this.newest = newest;
    this.counters = counters;
    parts = newest.get();
    cookies = new ServerCookies(parts.cookieSecrets());
    guard = new ResponseGuard(parts.guards(), parts.limiter());
    answer = new Answer(parts.answers());
  }

  private void use(ServerParts next) {
    parts = next;
    cookies = new ServerCookies(next.cookieSecrets());
    guard = new ResponseGuard(next.guards(), next.limiter());
    answer = new Answer(next.answers());
    answer.keepalive(keepaliveDeciseconds);
  }

  /** Who sends the next message; the worker sets it before {@link #process}. */
  AddressBits source() {
    return query.source();
  }

  /** Whether a source gets no answer to anything: its connections need not be kept. */
  boolean denies(InetAddress source) {
    tick();
    query.source().set(source);
    return guard.denies(query.source());
  }

  /**
   * Looks at the clocks, and whether the server's parts are others now; the worker does so before a
   * batch of messages.
   */
  @SuppressWarnings("ReferenceEquality") // one look per batch; what is published is another object
  void tick() {
    ServerParts now = newest.get();
    if (now != parts) {
      use(now);
    }
    nowMillis = parts.steadyMillis().getAsLong();
    nowSeconds = parts.clock().millis() / MILLIS_PER_SECOND;
  }

  /** Whether answers depend on who asks, so that {@link #expect} is of use. */
  boolean looksUpSources() {
    return parts.catalog().get().sourceTables.length > 0;
  }

  /**
   * Reads ahead what these senders' messages will be answered by.
   *
   * @param prefetch for as many as there are
   */
  void expect(AddressBits[] sources, int count, Prefetch prefetch) {
    prefetch.fetch(parts.catalog().get().sourceTables, sources, count);
  }

  /** Tells how long a connection may stay idle, see {@link Answer#keepalive}. */
  void keepalive(int deciseconds) {
    keepaliveDeciseconds = deciseconds;
    answer.keepalive(deciseconds);
  }

  /**
   * Answers the message at the start of a buffer. Whatever goes wrong inside is counted and
   * answered with SERVFAIL: nothing is thrown.
   *
   * @return the answer's length in the same buffer; 0 for silence; or {@link #BEYOND_QUERIES}
   */
  int process(ByteBuffer packet, int length, Transport transport) {
    counters.received(transport);
    answer.postponable(parts.waitingRoom() != null);
    return respond(packet, length, transport, parts.slowPath());
  }

  /**
   * Answers, without counting it as received, a message that was postponed or handed on: from the
   * tables, whatever it is.
   */
  int processAgain(ByteBuffer packet, int length, Transport transport) {
    answer.postponable(false);
    return respond(packet, length, transport, null);
  }

  private int respond(
      ByteBuffer packet, int length, Transport transport, @Nullable SlowPath slowPath) {
    try {
      ParseVerdict verdict = QueryParser.parse(packet, length, transport, query);
      if (verdict == ParseVerdict.DROP) {
        counters.count(WorkerCounters.DROPPED);
        return 0;
      }
      if (guard.denies(query.source())) {
        counters.count(WorkerCounters.DENIED);
        return 0;
      }
      cookies.check(query, nowSeconds);
      answer.begin(query, packet);
      if (slowPath != null && slowPath.wants(query) && isSound(verdict)) {
        return BEYOND_QUERIES;
      }
      decide(verdict);
      return answer.isPostponed() ? BEYOND_QUERIES : limited();
    } catch (RuntimeException | Error failure) { // one bad packet must not end the worker
      return fail(packet, failure);
    }
  }

  private static boolean isSound(ParseVerdict verdict) {
    return verdict != ParseVerdict.FORMERR && verdict != ParseVerdict.BADVERS;
  }

  /**
   * Hands the message that was just processed on to the slow path, or to the waiting room if its
   * answer was postponed.
   *
   * @return an answer's length, as {@link #process} gives it, if there is no room; else 0
   */
  int handOn(ByteBuffer packet, int length, SlowPath.Replies replies) {
    try {
      return handOver(packet, length, replies);
    } catch (RuntimeException | Error failure) { // as in respond
      return fail(packet, failure);
    }
  }

  private int handOver(ByteBuffer packet, int length, SlowPath.Replies replies) {
    ResponseGuard.Verdict verdict =
        answer.isPostponed()
            ? ResponseGuard.Verdict.SEND // counted when it is answered
            : guard.verdictOfOthers(query, nowMillis);
    if (verdict != ResponseGuard.Verdict.SEND) {
      return limited(verdict);
    }
    byte[] octets = new byte[length];
    packet.get(0, octets);
    SlowPath.Request request =
        new SlowPath.Request(
            octets,
            query.source().toAddress(),
            query.transport(),
            answer.mostOctets(),
            answer.optRecord(),
            replies,
            parts.late());
    if (answer.isPostponed()) {
      return await(packet, request);
    }
    SlowPath slowPath = parts.slowPath();
    if (slowPath != null && slowPath.take(request)) {
      counters.count(WorkerCounters.HANDED_ON);
      return 0;
    }
    counters.count(WorkerCounters.OVERLOADED);
    if (query.transport() == Transport.UDP) {
      return 0;
    }
    answer.rcode(Rcode.SERVFAIL);
    answer.extendedError(ExtendedError.OTHER_ERROR, OVERLOADED);
    return finish();
  }

  /** Without room for one more to wait, it is answered now. */
  private int await(ByteBuffer packet, SlowPath.Request request) {
    WaitingRoom room = parts.waitingRoom();
    if (room != null && room.take(request, answer.awaited(), parts.late())) {
      counters.count(WorkerCounters.POSTPONED);
      return 0;
    }
    answer.postponable(false);
    answer.begin(query, packet);
    answerFromZone();
    return limited();
  }

  private void decide(ParseVerdict verdict) {
    switch (verdict) {
      case ANSWERABLE -> answerFromZone();
      case CHAOS -> parts.chaos().answer(query, answer);
      case COOKIE_ONLY -> answer.rcode(Rcode.NOERROR);
      case FORMERR -> {
        counters.count(WorkerCounters.MALFORMED);
        answer.rcode(Rcode.FORMERR);
      }
      case NOTIMP -> answer.rcode(Rcode.NOTIMP);
      case BADVERS -> answer.rcode(Rcode.BADVERS);
      case REFUSED, DROP ->
          refuse(isTransfer() ? ExtendedError.NOT_SUPPORTED : ExtendedError.NOT_AUTHORITATIVE);
    }
  }

  private boolean isTransfer() {
    return query.type() == RecordType.AXFR || query.type() == RecordType.IXFR;
  }

  private void refuse(int why) {
    answer.rcode(Rcode.REFUSED);
    answer.extendedError(why, ExtendedError.NO_TEXT);
  }

  private void answerFromZone() {
    lookUp();
    if (!answer.isPostponed()) {
      counters.asked(query.type());
    }
  }

  private void lookUp() {
    Quarantine quarantine = parts.quarantine();
    if (quarantine.isUsed() && quarantine.holds(query.fingerprint(), nowMillis)) {
      counters.count(WorkerCounters.QUARANTINED);
      answer.rcode(Rcode.SERVFAIL);
      answer.extendedError(ExtendedError.OTHER_ERROR, IN_QUARANTINE);
      return;
    }
    if (query.type() == RecordType.NXNAME) { // RFC 9824 section 3.5
      answer.rcode(Rcode.FORMERR);
      answer.extendedError(ExtendedError.INVALID_QUERY_TYPE, ExtendedError.NO_TEXT);
      return;
    }
    Zone zone = parts.catalog().get().find(query);
    if (zone == null) {
      refuse(ExtendedError.NOT_AUTHORITATIVE);
    } else {
      zone.answer(query, answer);
    }
  }

  private int limited() {
    return limited(guard.verdict(query, answer, nowMillis));
  }

  private int limited(ResponseGuard.Verdict verdict) {
    return switch (verdict) {
      case SEND -> finish();
      case TRUNCATE -> {
        counters.count(WorkerCounters.SLIPPED);
        answer.truncate();
        yield finish();
      }
      case DROP -> {
        counters.count(WorkerCounters.LIMITED);
        yield 0;
      }
    };
  }

  private int finish() {
    int length = answer.finish();
    counters.answered(answer.rcode(), answer.isTruncated());
    return length;
  }

  private int fail(ByteBuffer packet, Throwable failure) {
    counters.count(WorkerCounters.FAILURES);
    if (parts.quarantine().add(query.fingerprint(), nowMillis)) {
      tell(packet, failure);
    }
    answer.begin(query, packet);
    answer.rcode(Rcode.SERVFAIL);
    answer.extendedError(ExtendedError.OTHER_ERROR, FAILED);
    return finish();
  }

  /**
   * Takes note of what came out of a worker's loop instead of out of a question: counted, and told
   * as seldom as failing questions are. Throws nothing.
   */
  void survive(Throwable failure) {
    counters.count(WorkerCounters.FAILURES);
    if (parts.quarantine().isWorthTelling(nowMillis)) {
      try {
        LOG.error("a worker goes on after this failed (please report it)", failure);
      } catch (RuntimeException | Error e) { // without memory nothing can be said
        counters.count(WorkerCounters.FAILURES);
      }
    }
  }

  /** Seldom, and with what somebody needs to find the fault; the question still stands there. */
  private void tell(ByteBuffer packet, Throwable failure) {
    try {
      byte[] question = new byte[query.questionEnd()];
      packet.get(0, question);
      LOG.error(
          "a question was answered with SERVFAIL since this failed (please report it; others within"
              + " a minute are only counted): {} from {}",
          HexFormat.of().formatHex(question),
          query.source().toAddress().getHostAddress(),
          failure);
    } catch (RuntimeException | Error e) { // without memory nothing can be said, but answered
      counters.count(WorkerCounters.FAILURES);
    }
  }
}
